using System.Text.Json.Serialization;

namespace HaproxyKit.PhoneHome.Contract;

/// <summary>How the contract's types are written as JSON, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(PhoneHomeRequest))]
[JsonSerializable(typeof(IncumbentRequest))]
[JsonSerializable(typeof(PhoneHomeAnswer))]
[JsonSerializable(typeof(PhoneHomeProblem))]
public sealed partial class PhoneHomeJsonContext : JsonSerializerContext;
