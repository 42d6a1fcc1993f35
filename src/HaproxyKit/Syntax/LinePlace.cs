using HaproxyKit.Diagnostics;

namespace HaproxyKit.Syntax;

/// <summary>A line and where it stands, so that findings about it can be placed.</summary>
internal readonly record struct LinePlace(string? Path, int Number, int Offset, ConfigLine Line)
{
    /// <summary>A finding about some bytes of the line.</summary>
    internal Diagnostic Report(DiagnosticSeverity severity, string id, TextSpan inLine, string message, string? hint = null) => new()
    {
        Id = id,
        Severity = severity,
        Message = message,
        Hint = hint,
        Location = new DiagnosticLocation
        {
            File = Path,
            Line = Number,
            Column = inLine.Start + 1,
            Span = inLine.Offset(Offset),
            LineText = Line.Content,
        },
    };

    internal Diagnostic Error(string id, TextSpan inLine, string message, string? hint = null) =>
        Report(DiagnosticSeverity.Error, id, inLine, message, hint);
}
