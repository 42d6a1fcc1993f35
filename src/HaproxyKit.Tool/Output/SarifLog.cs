using System.Buffers;
using System.Reflection;
using System.Text;
using System.Text.Json;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Tool.Output;

/// <summary>Findings as a log of the Static Analysis Results Interchange Format 2.1.0 (OASIS).</summary>
internal static class SarifLog
{
    private const string Schema =
        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private static readonly string? Version =
        typeof(SarifLog).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    internal static string Of(IReadOnlyList<Diagnostic> findings)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var options = new JsonWriterOptions { Indented = true, Encoder = ToolJsonContext.Readable.Options.Encoder };
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            List<string> ids = [.. findings.Select(finding => finding.Id).Distinct().Order(StringComparer.Ordinal)];
            json.WriteStartObject();
            json.WriteString("$schema", Schema);
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            json.WriteStartObject();
            WriteTool(json, ids);
            json.WriteString("columnKind", "unicodeCodePoints");
            json.WriteStartArray("results");
            foreach (var finding in findings)
            {
                WriteResult(json, finding, ids.IndexOf(finding.Id));
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteTool(Utf8JsonWriter json, List<string> ids)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "haproxykit");
        if (Version is not null)
        {
            json.WriteString("version", Version);
        }

        json.WriteStartArray("rules");
        foreach (var id in ids)
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, Diagnostic finding, int rule)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Id);
        json.WriteNumber("ruleIndex", rule);
        var level = finding.Severity == DiagnosticSeverity.Info ? "note" : FindingJson.SeverityName(finding.Severity);
        json.WriteString("level", level);
        json.WriteStartObject("message");
        json.WriteString("text", finding.Hint is { } hint ? $"{finding.Message} ({hint})" : finding.Message);
        json.WriteEndObject();
        if (finding.Location is { } location)
        {
            WriteLocation(json, location);
        }

        json.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter json, DiagnosticLocation location)
    {
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        var uri = Uri.EscapeDataString(location.File ?? "stdin").Replace("%2F", "/", StringComparison.Ordinal);
        json.WriteString("uri", uri);
        json.WriteEndObject();
        if (location.Line > 0)
        {
            WriteRegion(json, location);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteRegion(Utf8JsonWriter json, DiagnosticLocation location)
    {
        json.WriteStartObject("region");
        json.WriteNumber("startLine", location.Line);
        if (location.Column > 0)
        {
            json.WriteNumber("startColumn", ColumnOf(location, location.Column - 1));
            json.WriteNumber("endColumn", ColumnOf(location, location.Column - 1 + location.Span.Length));
        }

        json.WriteEndObject();
    }

    /// <summary>Our columns are bytes; those of the format are characters, from 1.</summary>
    private static int ColumnOf(DiagnosticLocation location, int bytes)
    {
        var line = location.LineText.Span;
        var before = line[..Math.Min(bytes, line.Length)];
        var beyond = bytes - before.Length;
        return Encoding.UTF8.GetString(before).EnumerateRunes().Count() + beyond + 1;
    }
}
