using System.Buffers;
using System.Globalization;
using System.Text;

namespace HaproxyKit.Diagnostics;

/// <summary>Writes diagnostics for people, in the form that compilers and HAProxy itself use.</summary>
internal static class DiagnosticRenderer
{
    private const int MaxShownColumns = 160;
    private const string Ellipsis = "...";

    internal static string RenderHeading(Diagnostic diagnostic)
    {
        var severity = diagnostic.Severity switch
        {
            DiagnosticSeverity.Error => "error",
            DiagnosticSeverity.Warning => "warning",
            _ => "info",
        };
        var place = diagnostic.Location is { } location ? $"{location}: " : "";
        return $"{place}{severity} {diagnostic.Id}: {diagnostic.Message}";
    }

    internal static string Render(Diagnostic diagnostic)
    {
        var text = new StringBuilder(RenderHeading(diagnostic));
        if (diagnostic.Location is { LineText.IsEmpty: false } location)
        {
            AppendSource(text, location);
        }

        if (diagnostic.Hint is { } hint)
        {
            text.Append("\n  hint: ").Append(hint);
        }

        return text.ToString();
    }

    /// <summary>The line and the caret. A long line is cut to a window around the caret.</summary>
    private static void AppendSource(StringBuilder text, DiagnosticLocation location)
    {
        var line = location.LineText.Span;
        var caret = Math.Clamp(location.Column - 1, 0, line.Length);
        var from = Math.Max(0, Math.Min(caret - (MaxShownColumns / 2), line.Length - MaxShownColumns));
        var to = Math.Min(line.Length, from + MaxShownColumns);

        text.Append("\n  ");
        var shown = 0;
        var caretAt = 0;
        if (from > 0)
        {
            text.Append(Ellipsis);
            shown += Ellipsis.Length;
        }

        var window = line[from..to];
        caretAt = shown + AppendPrintable(text, window[..(caret - from)]);
        var marked = Math.Clamp(location.Span.Length, 0, to - caret);
        var markedWidth = AppendPrintable(text, window.Slice(caret - from, marked));
        AppendPrintable(text, window[(caret - from + marked)..]);
        if (to < line.Length)
        {
            text.Append(Ellipsis);
        }

        if (location.Column > 0)
        {
            text.Append("\n  ").Append(' ', caretAt).Append('^').Append('~', Math.Max(0, markedWidth - 1));
        }
    }

    /// <summary>
    /// Appends bytes as text in which every byte that could move the cursor or hide is visible; returns its width.
    /// </summary>
    private static int AppendPrintable(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        var width = 0;
        while (!bytes.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(bytes, out var rune, out var consumed);
            var shown = status == OperationStatus.Done ? Printable(rune, bytes[..consumed]) : Hexadecimal(bytes[..consumed]);
            text.Append(shown);
            width += shown.EnumerateRunes().Count(r => Rune.GetUnicodeCategory(r) is not UnicodeCategory.NonSpacingMark);
            bytes = bytes[consumed..];
        }

        return width;
    }

    private static string Printable(Rune rune, ReadOnlySpan<byte> bytes) => Rune.GetUnicodeCategory(rune) switch
    {
        // A tab becomes one blank, so that the caret stands below its byte on every terminal.
        UnicodeCategory.Control => rune.Value == '\t' ? " " : Hexadecimal(bytes),
        UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => $"\\u{rune.Value:X4}",
        _ => rune.ToString(),
    };

    private static string Hexadecimal(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (var b in bytes)
        {
            text.Append(CultureInfo.InvariantCulture, $"\\x{b:X2}");
        }

        return text.ToString();
    }
}
