using System.Text.Json.Serialization;

namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>How the list of mappings is written as JSON, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<MappingEntry>))]
internal sealed partial class MappingEntryJsonContext : JsonSerializerContext;
