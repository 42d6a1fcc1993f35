using System.Text.Json;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Tool.Output;

/// <summary>Writes findings in each of the forms.</summary>
internal static class FindingWriter
{
    internal static void Write(ToolOutput output, OutputFormat format, IReadOnlyList<Diagnostic> findings)
    {
        switch (format)
        {
            case OutputFormat.Json:
                FindingJson[] items = [.. findings.Select(FindingJson.Of)];
                output.Line(JsonSerializer.Serialize(items, ToolJsonContext.Readable.FindingJsonArray));
                break;
            case OutputFormat.Sarif:
                output.Line(SarifLog.Of(findings));
                break;
            default:
                WriteText(output, findings);
                break;
        }
    }

    private static void WriteText(ToolOutput output, IReadOnlyList<Diagnostic> findings)
    {
        foreach (var finding in findings)
        {
            var lines = finding.Render().Split('\n');
            output.Line(lines[0], finding.Severity switch
            {
                DiagnosticSeverity.Error => Colour.Red,
                DiagnosticSeverity.Warning => Colour.Yellow,
                _ => Colour.Cyan,
            });
            foreach (var line in lines.AsSpan(1))
            {
                output.Line(line);
            }
        }
    }
}
