using System.Text.Json.Serialization;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>Reads and writes stored mappings without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(StoredMapping))]
[JsonSerializable(typeof(StoredLine))]
[JsonSerializable(typeof(StoredCalls))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class StoredMappingJsonContext : JsonSerializerContext;
