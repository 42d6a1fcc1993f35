using System.Text.Json.Serialization;

namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>How what the endpoints alone tell is written as JSON, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<MappingEntry>))]
[JsonSerializable(typeof(MappingEntry))]
[JsonSerializable(typeof(PlanEntry))]
[JsonSerializable(typeof(EventEntry))]
[JsonSerializable(typeof(ReadinessEntry))]
[JsonSerializable(typeof(AuditEntry))]
internal sealed partial class EndpointJsonContext : JsonSerializerContext;
