using System.Text.Json.Serialization;

namespace HaproxyKit.PhoneHome.Contract;

/// <summary>How the contract's types are written as JSON, and how a caller reads answers, without reflection.</summary>
/// <remarks>
/// Requests are read by <see cref="MappingValidator"/>, which names every wrong member; answers are read leniently,
/// so that
/// an older caller understands a newer webhook.
/// </remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PhoneHomeRequest))]
[JsonSerializable(typeof(IncumbentRequest))]
[JsonSerializable(typeof(PhoneHomeAnswer))]
[JsonSerializable(typeof(PhoneHomeProblem))]
public sealed partial class PhoneHomeJsonContext : JsonSerializerContext;
