using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using HaproxyKit.Syntax;

namespace HaproxyKit.Comparison;

/// <summary>Writes a kind of section as the keyword that opens it.</summary>
internal sealed class SectionKindJsonConverter : JsonConverter<SectionKind>
{
    public override SectionKind Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        SectionKeywords.KindOf(Encoding.UTF8.GetBytes(reader.GetString() ?? ""));

    public override void Write(Utf8JsonWriter writer, SectionKind value, JsonSerializerOptions options) =>
        writer.WriteStringValue(SectionKeywords.KeywordOf(value));
}
