using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HaproxyKit.Tool.Output;

/// <summary>Results as JSON.</summary>
[JsonSerializable(typeof(FindingJson[]))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(WordsJson[]))]
[JsonSerializable(typeof(SelectedJson[]))]
[JsonSerializable(typeof(ExplanationJson[]))]
[JsonSerializable(typeof(PlanJson))]
[JsonSerializable(typeof(AppliedJson))]
[JsonSerializable(typeof(StatusJson))]
internal sealed partial class ToolJsonContext : JsonSerializerContext
{
    /// <summary>Quotes and signs of other languages stay as they are: the text is not put into a page.</summary>
    internal static ToolJsonContext Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
