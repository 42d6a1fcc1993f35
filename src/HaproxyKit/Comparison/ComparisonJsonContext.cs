using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HaproxyKit.Comparison;

/// <summary>Differences as JSON.</summary>
[JsonSerializable(typeof(ImmutableArray<ConfigChange>))]
internal sealed partial class ComparisonJsonContext : JsonSerializerContext
{
    /// <summary>Quotes and signs of other languages stay as they are: the text is not put into a page.</summary>
    internal static ComparisonJsonContext Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new CamelCaseEnumConverter<ChangeKind>(),
            new CamelCaseEnumConverter<ChangeSubject>(),
            new SectionKindJsonConverter(),
        },
    });
}
