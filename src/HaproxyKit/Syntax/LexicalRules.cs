using System.Buffers;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Syntax;

/// <summary>What is wrong with the bytes and words of one line (configuration manual, chapters 2.1 to 2.3).</summary>
internal static class LexicalRules
{
    internal const int MaxWords = 64;

    /// <summary>In a shorter line 64 words and a blank do not fit.</summary>
    private const int ShortestOfTooManyWords = 2 * MaxWords;

    /// <summary>Without any of these a line has nothing but words, blanks and a comment.</summary>
    private static readonly SearchValues<byte> Special = SearchValues.Create("\0\r\"'\\["u8);

    /// <summary>Whether a line that is not the first shows at a glance that nothing in it is wrong.</summary>
    internal static bool IsSound(LineWords words) =>
        !words.IsFaulty && !words.HasEmpty && words.Count < MaxWords
        && words.Line[^1] == WordReader.Lf && !words.Line.ContainsAny(WordReader.Nul, WordReader.Cr)
        && (words.Count > 0 || !words.Line.Contains((byte)'['));

    internal static void Check(LinePlace place, Action<Diagnostic> report)
    {
        var bytes = place.Line.Bytes.Span;
        if (place.Offset == 0 && bytes.StartsWith("\uFEFF"u8))
        {
            report(place.Error(
                DiagnosticIds.ByteOrderMark, new TextSpan(0, 3),
                "the file begins with a byte order mark, which HAProxy takes for a part of the first word",
                "save the file as UTF-8 without a byte order mark"));
        }

        if (bytes.Length >= ShortestOfTooManyWords || bytes.ContainsAny(Special))
        {
            CheckWords(place, report);
        }

        var nul = bytes.IndexOf(WordReader.Nul);
        if (nul >= 0)
        {
            report(place.Error(
                DiagnosticIds.StrayNul, new TextSpan(nul, 1),
                "the line holds a NUL byte; HAProxy ignores what follows it and refuses the file",
                "remove the byte"));
        }

        if (bytes[^1] != WordReader.Lf)
        {
            report(place.Error(
                DiagnosticIds.MissingFinalNewline, new TextSpan(bytes.Length, 0),
                "the last line does not end in LF; HAProxy takes the file for truncated",
                "end the file with a line ending"));
        }
    }

    private static void CheckWords(LinePlace place, Action<Diagnostic> report)
    {
        var words = 0;
        var isScope = false;
        var lastBlank = default(TextSpan);
        var scanner = place.Line.Scan();
        while (scanner.MoveNext())
        {
            switch (scanner.Kind)
            {
                case LineTokenKind.Blank:
                    lastBlank = scanner.Span;
                    break;
                case LineTokenKind.Scope:
                    isScope = true;
                    CheckScope(place, scanner.Span, report);
                    break;
                case LineTokenKind.Ignored when !isScope && place.Line.Bytes.Span[scanner.Start] == WordReader.Cr:
                    report(place.Report(
                        DiagnosticSeverity.Warning, DiagnosticIds.TextAfterCarriageReturn, scanner.Span,
                        "a carriage return ends the line here; HAProxy does not read what follows",
                        "end lines with LF, or with CR LF"));
                    break;
                case LineTokenKind.Word:
                    words++;
                    lastBlank = default;
                    CheckWord(place, scanner, report);
                    CheckNumber(place, scanner.Span, words, report);
                    break;
            }
        }

        if (words == MaxWords && lastBlank.Length > 0)
        {
            report(place.Report(
                DiagnosticSeverity.Warning, DiagnosticIds.TooManyWords, lastBlank,
                "the line has 64 words and a blank behind them; HAProxy 3.0 and earlier refuse it",
                "remove the blank"));
        }
    }

    private static void CheckNumber(
        LinePlace place, TextSpan word, int number, Action<Diagnostic> report)
    {
        if (number == MaxWords + 1)
        {
            report(place.Error(
                DiagnosticIds.TooManyWords, word,
                "the line has more than 64 words; HAProxy reads no further",
                "split it into several lines, or move the values into a file (-f FILE)"));
        }
    }

    private static void CheckScope(LinePlace place, TextSpan span, Action<Diagnostic> report)
    {
        var content = place.Line.Content.Span;
        var piece = content.Slice(span.Start, span.Length);
        var isNamed = piece[^1] == ']' && NameRules.IsName(piece[1..^1]);
        if (!isNamed || LineScanner.IsFollowedByText(content[span.End..]))
        {
            report(place.Error(
                DiagnosticIds.InvalidScope, span,
                "a line that begins with '[' must be a scope: [name], alone on its line",
                "names consist of letters, digits and . : _ -"));
        }
    }

    private static void CheckWord(LinePlace place, LineScanner word, Action<Diagnostic> report)
    {
        if (word.Fault != WordTraits.None)
        {
            var (id, message, hint) = Describe(word.Fault);
            report(place.Error(id, TextSpan.Between(word.FaultAt, word.Span.End), message, hint));
        }
        else if (word.Word.Is([]))
        {
            report(place.Report(
                DiagnosticSeverity.Warning, DiagnosticIds.EmptyWord, word.Span,
                "the word is empty; HAProxy ends the line there, or refuses it from 3.3 on",
                "give a value, or remove the quotes"));
        }
    }

    private static (string Id, string Message, string Hint) Describe(WordTraits fault) => fault switch
    {
        WordTraits.UnmatchedQuote => (
            DiagnosticIds.UnmatchedQuote,
            "the quote is not closed on its line",
            "close it, or write \\\" or \\' for the character itself"),
        WordTraits.InvalidHexEscape => (
            DiagnosticIds.InvalidHexEscape,
            "\\x needs two hexadecimal digits",
            "write \\\\x for a backslash and an x"),
        WordTraits.InvalidVariableName => (
            DiagnosticIds.InvalidVariableName,
            "'$' inside double quotes must be followed by the name of an environment variable",
            "write \\$ for the character itself"),
        _ => (
            DiagnosticIds.UnmatchedBrace,
            "'${' is not closed, or holds more than a name, [*] and a default",
            "write ${NAME}, ${NAME-default} or ${NAME[*]}"),
    };
}
