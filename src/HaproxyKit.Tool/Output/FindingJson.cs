using HaproxyKit.Diagnostics;

namespace HaproxyKit.Tool.Output;

/// <summary>A finding as JSON.</summary>
internal sealed record FindingJson
{
    public required string Id { get; init; }

    public required string Severity { get; init; }

    public required string Message { get; init; }

    public string? Hint { get; init; }

    public string? File { get; init; }

    /// <summary>From 1; null where it concerns no line.</summary>
    public int? Line { get; init; }

    /// <summary>In bytes, from 1; null where only the line is known.</summary>
    public int? Column { get; init; }

    /// <summary>How many bytes are meant; null where that is not known.</summary>
    public int? Length { get; init; }

    internal static FindingJson Of(Diagnostic finding) => new()
    {
        Id = finding.Id,
        Severity = SeverityName(finding.Severity),
        Message = finding.Message,
        Hint = finding.Hint,
        File = finding.Location?.File,
        Line = finding.Location?.Line,
        Column = finding.Location is { Column: > 0 } located ? located.Column : null,
        Length = finding.Location is { Column: > 0, Span.Length: > 0 } extended ? extended.Span.Length : null,
    };

    internal static string SeverityName(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "info",
    };
}
