using HaproxyKit.Diagnostics;

namespace HaproxyKit.Syntax;

/// <summary>A line and where it stands, so that findings about it can be placed.</summary>
/// <param name="Path">The file's name, or null.</param>
/// <param name="Number">The line, counted from 1.</param>
/// <param name="Offset">The offset of its first byte.</param>
/// <param name="Line">The line.</param>
/// <param name="IsInBranch">
/// Whether it stands between a <c>.if</c> and its <c>.endif</c>, so that HAProxy may skip it.
/// </param>
internal readonly record struct LinePlace(string? Path, int Number, int Offset, ConfigLine Line, bool IsInBranch)
{
    /// <summary>A finding about some bytes of the line.</summary>
    internal Diagnostic Report(
        DiagnosticSeverity severity, string id, TextSpan inLine, string message, string? hint = null) => new()
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

    /// <summary>Something for which HAProxy refuses the line even where it skips it.</summary>
    internal Diagnostic Error(string id, TextSpan inLine, string message, string? hint = null) =>
        Report(DiagnosticSeverity.Error, id, inLine, message, hint);

    /// <summary>
    /// Something that HAProxy refuses unless it skips the line; in a branch, which may never be taken, it is a
    /// warning.
    /// </summary>
    internal Diagnostic ErrorWhereRead(string id, TextSpan inLine, string message, string? hint = null) =>
        Report(IsInBranch ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error, id, inLine, message, hint);
}
