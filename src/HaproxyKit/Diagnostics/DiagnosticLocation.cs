using System.Text;

namespace HaproxyKit.Diagnostics;

/// <summary>
/// The place that a <see cref="Diagnostic"/> points at, with the line itself, so that it can be shown alone.
/// </summary>
public sealed record DiagnosticLocation
{
    /// <summary>The file's name as it was given, or null where the text has none.</summary>
    public string? File { get; init; }

    /// <summary>The line, counted from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The column in bytes, counted from 1, as HAProxy counts; 0 where only the line is known.</summary>
    public int Column { get; init; }

    /// <summary>
    /// The bytes meant, as offsets in the whole text; empty at the column where the extent is not known.
    /// </summary>
    public TextSpan Span { get; init; }

    /// <summary>The line's text without its line ending; empty where it is not at hand.</summary>
    public ReadOnlyMemory<byte> LineText { get; init; }

    /// <summary>The place in the form <c>file:line:column</c>, without the parts that are not known.</summary>
    /// <returns>The place as text.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (File is not null)
        {
            text.Append(File).Append(':');
        }

        text.Append(Line);
        if (Column > 0)
        {
            text.Append(':').Append(Column);
        }

        return text.ToString();
    }

    /// <summary>
    /// Two locations are equal when they name the same place of the same file with the same line text.
    /// </summary>
    /// <param name="other">The location to compare with.</param>
    /// <returns>True when both name the same place.</returns>
    public bool Equals(DiagnosticLocation? other) =>
        other is not null
        && string.Equals(File, other.File, StringComparison.Ordinal)
        && Line == other.Line
        && Column == other.Column
        && Span == other.Span
        && LineText.Span.SequenceEqual(other.LineText.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(File, Line, Column, Span);
}
