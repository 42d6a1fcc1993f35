using System.Buffers;
using System.Collections.Immutable;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Syntax;

/// <summary>What is wrong with the bytes and words of one line (configuration manual, chapters 2.1 to 2.3).</summary>
internal static class LexicalRules
{
    internal const int MaxWords = 64;

    /// <summary>Without any of these a line has nothing but words, blanks and a comment.</summary>
    private static readonly SearchValues<byte> Special = SearchValues.Create("\0\r\"'\\["u8);

    internal static void Check(LinePlace place, ImmutableArray<Diagnostic>.Builder found)
    {
        var bytes = place.Line.Bytes.Span;
        if (place.Offset == 0 && bytes.StartsWith("\uFEFF"u8))
        {
            found.Add(place.Error(
                DiagnosticIds.ByteOrderMark, new TextSpan(0, 3),
                "the file begins with a byte order mark, which HAProxy takes for a part of the first word",
                "save the file as UTF-8 without a byte order mark"));
        }

        // Shorter than this, 64 words and a blank do not fit.
        if (bytes.Length >= 2 * MaxWords || bytes.ContainsAny(Special))
        {
            CheckWords(place, found);
        }

        var nul = bytes.IndexOf(WordReader.Nul);
        if (nul >= 0)
        {
            found.Add(place.Error(
                DiagnosticIds.StrayNul, new TextSpan(nul, 1),
                "the line holds a NUL byte; HAProxy ignores what follows it and refuses the file",
                "remove the byte"));
        }

        if (bytes[^1] != WordReader.Lf)
        {
            found.Add(place.Error(
                DiagnosticIds.MissingFinalNewline, new TextSpan(bytes.Length, 0),
                "the last line does not end in LF; HAProxy takes the file for truncated",
                "end the file with a line ending"));
        }
    }

    private static void CheckWords(LinePlace place, ImmutableArray<Diagnostic>.Builder found)
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
                    CheckScope(place, scanner.Span, found);
                    break;
                case LineTokenKind.Ignored when !isScope && place.Line.Bytes.Span[scanner.Start] == WordReader.Cr:
                    found.Add(place.Report(
                        DiagnosticSeverity.Warning, DiagnosticIds.TextAfterCarriageReturn, scanner.Span,
                        "a carriage return ends the line here; HAProxy does not read what follows",
                        "end lines with LF, or with CR LF"));
                    break;
                case LineTokenKind.Word:
                    words++;
                    lastBlank = default;
                    CheckWord(place, scanner, found);
                    CheckNumber(place, scanner.Span, words, found);
                    break;
            }
        }

        if (words == MaxWords && lastBlank.Length > 0)
        {
            found.Add(place.Report(
                DiagnosticSeverity.Warning, DiagnosticIds.TooManyWords, lastBlank,
                "the line has 64 words and a blank behind them; HAProxy 3.0 and earlier refuse it",
                "remove the blank"));
        }
    }

    private static void CheckNumber(
        LinePlace place, TextSpan word, int number, ImmutableArray<Diagnostic>.Builder found)
    {
        if (number == MaxWords + 1)
        {
            found.Add(place.Error(
                DiagnosticIds.TooManyWords, word,
                "the line has more than 64 words; HAProxy reads no further",
                "split it into several lines, or move the values into a file (-f FILE)"));
        }
    }

    private static void CheckScope(LinePlace place, TextSpan span, ImmutableArray<Diagnostic>.Builder found)
    {
        var content = place.Line.Content.Span;
        var piece = content.Slice(span.Start, span.Length);
        var isNamed = piece[^1] == ']' && NameRules.IsName(piece[1..^1]);
        if (!isNamed || LineScanner.IsFollowedByText(content[span.End..]))
        {
            found.Add(place.Error(
                DiagnosticIds.InvalidScope, span,
                "a line that begins with '[' must be a scope: [name], alone on its line",
                "names consist of letters, digits and . : _ -"));
        }
    }

    private static void CheckWord(LinePlace place, LineScanner word, ImmutableArray<Diagnostic>.Builder found)
    {
        if (word.Fault != WordTraits.None)
        {
            var (id, message, hint) = Describe(word.Fault);
            found.Add(place.Error(id, TextSpan.Between(word.FaultAt, word.Span.End), message, hint));
        }
        else if (word.Word.Is([]))
        {
            found.Add(place.Report(
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
