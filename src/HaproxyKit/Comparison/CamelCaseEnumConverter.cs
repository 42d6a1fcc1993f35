using System.Text.Json;
using System.Text.Json.Serialization;

namespace HaproxyKit.Comparison;

/// <summary>Writes <c>Added</c> as <c>added</c>.</summary>
internal sealed class CamelCaseEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase)
    where TEnum : struct, Enum;
