using System.Collections.Immutable;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Syntax;

/// <summary>What is wrong with the bytes and words of one line (configuration manual, chapters 2.1 to 2.3).</summary>
internal static class LexicalRules
{
    internal const int MaxWords = 64;

    internal static void Check(LinePlace place, ImmutableArray<Diagnostic>.Builder found)
    {
        var bytes = place.Line.Bytes.Span;
        if (place.Offset == 0 && bytes.StartsWith("\uFEFF"u8))
        {
            found.Add(place.Error(
                DiagnosticIds.ByteOrderMark, new TextSpan(0, 3), "the file begins with a byte order mark, which HAProxy takes for a part of the first word", "save the file as UTF-8 without a byte order mark"));
        }

        CheckWords(place, found);
        if (bytes[^1] != WordReader.Lf)
        {
            found.Add(place.Error(
                DiagnosticIds.MissingFinalNewline, new TextSpan(bytes.Length, 0), "the last line does not end in LF; HAProxy takes the file for truncated", "end the file with a line ending"));
        }
    }

    private static void CheckWords(LinePlace place, ImmutableArray<Diagnostic>.Builder found)
    {
        var words = 0;
        var scanner = place.Line.Scan();
        while (scanner.MoveNext())
        {
            var span = scanner.Span;
            var piece = place.Line.Bytes.Span.Slice(span.Start, span.Length);
            if (scanner.Kind is LineTokenKind.Ignored or LineTokenKind.Comment)
            {
                CheckUnread(place, scanner.Kind, span, piece, found);
            }
            else if (scanner.Kind == LineTokenKind.Scope)
            {
                CheckScope(place, span, piece, found);
            }
            else if (scanner.Kind == LineTokenKind.Word)
            {
                words++;
                CheckWord(place, scanner, words, found);
                if (words == MaxWords + 1)
                {
                    found.Add(place.Error(
                        DiagnosticIds.TooManyWords, span, "the line has more than 64 words; HAProxy reads no further", "split it into several lines, or move the values into a file (-f FILE)"));
                }
            }
        }
    }

    private static void CheckUnread(
        LinePlace place, LineTokenKind kind, TextSpan span, ReadOnlySpan<byte> piece, ImmutableArray<Diagnostic>.Builder found)
    {
        var nul = piece.IndexOf(WordReader.Nul);
        if (nul >= 0)
        {
            found.Add(place.Error(
                DiagnosticIds.StrayNul, new TextSpan(span.Start + nul, 1), "the line holds a NUL byte; HAProxy ignores what follows it and refuses the file", "remove the byte"));
        }
        else if (kind == LineTokenKind.Ignored && piece[0] == WordReader.Cr)
        {
            found.Add(place.Report(
                DiagnosticSeverity.Warning, DiagnosticIds.TextAfterCarriageReturn, span, "a carriage return ends the line here; HAProxy does not read what follows", "end lines with LF, or with CR LF"));
        }
    }

    private static void CheckScope(LinePlace place, TextSpan span, ReadOnlySpan<byte> piece, ImmutableArray<Diagnostic>.Builder found)
    {
        var followed = place.Line.Content.Span[span.End..];
        var text = followed.IndexOfAnyExcept(" \t\v\f\r"u8);
        var isNamed = piece.Length > 2 && piece[^1] == ']' && NameRules.IsName(piece[1..^1]);
        if (!isNamed || (text >= 0 && followed[text] != '#'))
        {
            found.Add(place.Error(
                DiagnosticIds.InvalidScope, span, "a line that begins with '[' must be a scope: [name], alone on its line", "names consist of letters, digits and . : _ -"));
        }
    }

    private static void CheckWord(LinePlace place, LineScanner word, int number, ImmutableArray<Diagnostic>.Builder found)
    {
        var fault = (word.Traits & WordTraits.Faulty) == 0 ? null : DescribeFault(word);
        if (fault is { } described)
        {
            found.Add(place.Error(described.Id, TextSpan.Between(word.FaultAt, word.Span.End), described.Message, described.Hint));
        }
        else if (number > 1 && word.Word.Is([]))
        {
            found.Add(place.Report(
                DiagnosticSeverity.Warning, DiagnosticIds.EmptyWord, word.Span, "the word is empty; HAProxy ends the line there, or refuses it from 3.3 on", "give a value, or remove the quotes"));
        }
    }

    private static (string Id, string Message, string Hint)? DescribeFault(LineScanner word)
    {
        var traits = word.Traits;
        if ((traits & WordTraits.UnmatchedQuote) != 0 && IsQuote(word))
        {
            return (DiagnosticIds.UnmatchedQuote, "the quote is not closed on its line", "close it, or write \\\" or \\' for the character itself");
        }

        if ((traits & WordTraits.InvalidHexEscape) != 0)
        {
            return (DiagnosticIds.InvalidHexEscape, "\\x needs two hexadecimal digits", "write \\\\x for a backslash and an x");
        }

        return (traits & WordTraits.InvalidVariableName) != 0
            ? (DiagnosticIds.InvalidVariableName, "'$' inside double quotes must be followed by the name of an environment variable", "write \\$ for the character itself")
            : (DiagnosticIds.UnmatchedBrace, "'${' is not closed, or holds more than a name, [*] and a default", "write ${NAME}, ${NAME-default} or ${NAME[*]}");
    }

    private static bool IsQuote(LineScanner word) => word.Word.Raw[word.FaultAt - word.Start] is (byte)'"' or (byte)'\'';
}
