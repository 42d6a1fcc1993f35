using HaproxyKit.Diagnostics;
using static HaproxyKit.Tests.Support.DiagnosticExamples;

namespace HaproxyKit.Tests.Syntax;

/// <summary>One text for each diagnostic of words and lines: its place, and how it is shown.</summary>
public sealed class LexicalRulesTests
{
    [Fact]
    public void UnmatchedQuote_points_at_the_quote() => Shows(
        "global\n  x a 'b c\n",
        DiagnosticIds.UnmatchedQuote,
        """
        f.cfg:2:7: error HK1001: the quote is not closed on its line
            x a 'b c
                ^~~~
          hint: close it, or write \" or \' for the character itself
        """);

    [Fact]
    public void InvalidHexEscape_points_at_the_backslash() => Shows(
        "global\n  x a\\x4g b\n",
        DiagnosticIds.InvalidHexEscape,
        """
        f.cfg:2:6: error HK1002: \x needs two hexadecimal digits
            x a\x4g b
               ^~~~
          hint: write \\x for a backslash and an x
        """);

    [Fact]
    public void InvalidVariableName_points_behind_the_dollar() => Shows(
        "global\n  x \"a$1\" b\n",
        DiagnosticIds.InvalidVariableName,
        """
        f.cfg:2:8: error HK1003: '$' inside double quotes must be followed by the name of an environment variable
            x "a$1" b
                 ^~
          hint: write \$ for the character itself
        """);

    [Fact]
    public void UnmatchedBrace_points_at_the_brace() => Shows(
        "global\n  x \"a${B:-c}\"\n",
        DiagnosticIds.UnmatchedBrace,
        """
        f.cfg:2:8: error HK1004: '${' is not closed, or holds more than a name, [*] and a default
            x "a${B:-c}"
                 ^~~~~~~
          hint: write ${NAME}, ${NAME-default} or ${NAME[*]}
        """);

    [Fact]
    public void TooManyWords_points_at_the_65th() => Shows(
        $"global\n{Words(65)}\n",
        DiagnosticIds.TooManyWords,
        $"""
        f.cfg:2:129: error HK1005: the line has more than 64 words; HAProxy reads no further
          {Words(65)}
          {new string(' ', 128)}^
          hint: split it into several lines, or move the values into a file (-f FILE)
        """);

    [Theory]
    [InlineData(" ")]
    [InlineData("\t# c")]
    public void TooManyWords_warns_of_a_blank_behind_64_words(string behind)
    {
        var found = Assert.Single(Diagnose($"global\n{Words(64)}{behind}\n"));
        Assert.Equal(
            (DiagnosticIds.TooManyWords, DiagnosticSeverity.Warning, 2, 128),
            (found.Id, found.Severity, found.Location!.Line, found.Location.Column));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# c")]
    [InlineData("\r")]
    public void Diagnose_finds_nothing_in_64_words(string behind) => Assert.Empty(Diagnose($"global\n{Words(64)}{behind}\n"));

    [Fact]
    public void StrayNul_points_at_the_byte() => Shows(
        "global\n  x a\0 b\n",
        DiagnosticIds.StrayNul,
        """
        f.cfg:2:6: error HK1006: the line holds a NUL byte; HAProxy ignores what follows it and refuses the file
            x a\x00 b
               ^~~~
          hint: remove the byte
        """);

    [Theory]
    [InlineData("global # a\0b\n", 11)]
    [InlineData("\0\n", 1)]
    [InlineData("[a]\0b\n", 4)]
    [InlineData("[a\0]\n", 3)]
    [InlineData("global \"a\0b\"\0\n", 10)]
    [InlineData("global\ra\0b\n", 9)]
    public void StrayNul_is_told_once_wherever_it_stands(string text, int column) =>
        Assert.Equal(column, Assert.Single(Diagnose(text), d => d.Id == DiagnosticIds.StrayNul).Location!.Column);

    [Fact]
    public void MissingFinalNewline_points_behind_the_last_byte() => Shows(
        "global\n  x a",
        DiagnosticIds.MissingFinalNewline,
        """
        f.cfg:2:6: error HK1007: the last line does not end in LF; HAProxy takes the file for truncated
            x a
               ^
          hint: end the file with a line ending
        """);

    [Fact]
    public void TextAfterCarriageReturn_points_at_the_CR() => Shows(
        "global\n  x a\rb c\n",
        DiagnosticIds.TextAfterCarriageReturn,
        """
        f.cfg:2:6: warning HK1008: a carriage return ends the line here; HAProxy does not read what follows
            x a\x0Db c
               ^~~~~~~
          hint: end lines with LF, or with CR LF
        """);

    [Fact]
    public void EmptyWord_points_at_the_quotes() => Shows(
        "global\n  x \"\" b\n",
        DiagnosticIds.EmptyWord,
        """
        f.cfg:2:5: warning HK1009: the word is empty; HAProxy ends the line there, or refuses it from 3.3 on
            x "" b
              ^~
          hint: give a value, or remove the quotes
        """);

    [Theory]
    [InlineData("global\n\"\" x\n", 1)]
    [InlineData("global\nx \\x00\n", 3)]
    [InlineData("global\nx ''''\"\" b\n", 3)]
    public void EmptyWord_is_told_of_every_word_without_a_value(string text, int column) =>
        Assert.Equal(column, Assert.Single(Diagnose(text), d => d.Id == DiagnosticIds.EmptyWord).Location!.Column);

    [Fact]
    public void ByteOrderMark_points_at_the_start() => Shows(
        "\u00ef\u00bb\u00bf# a\nglobal\n",
        DiagnosticIds.ByteOrderMark,
        """
        f.cfg:1:1: error HK1010: the file begins with a byte order mark, which HAProxy takes for a part of the first word
          \uFEFF# a
          ^~~~~~
          hint: save the file as UTF-8 without a byte order mark
        """);

    [Theory]
    [InlineData("[a b]", 1)]
    [InlineData(" []", 2)]
    [InlineData("[a", 1)]
    [InlineData("[a#b]", 1)]
    [InlineData("[a]x", 1)]
    [InlineData("[a] [b]", 1)]
    [InlineData("[a]\rb", 1)]
    public void InvalidScope_points_at_the_bracket(string line, int column)
    {
        var found = Diagnose($"{line}\nglobal\n");
        Assert.Equal(DiagnosticIds.InvalidScope, found[0].Id);
        Assert.Equal((1, column), (found[0].Location!.Line, found[0].Location!.Column));
    }

    [Theory]
    [InlineData("[a-Z.:_]")]
    [InlineData("\r [a] # x")]
    [InlineData("[a]#x")]
    [InlineData("[a]\r")]
    public void Diagnose_finds_nothing_in_a_scope(string line) => Assert.Empty(Diagnose($"{line}\nglobal\n"));

    [Fact]
    public void InvalidScope_is_shown_with_its_name() => Shows(
        "[a b] # c\n",
        DiagnosticIds.InvalidScope,
        $"""
        f.cfg:1:1: error HK1011: a line that begins with '[' must be a scope: [name], alone on its line
          [a b] # c
          ^~~~~
          hint: {Names}
        """);

    [Theory]
    [InlineData("x \"$", DiagnosticIds.InvalidVariableName, 5)]
    [InlineData("x \"a$\"", DiagnosticIds.InvalidVariableName, 6)]
    [InlineData("x \"a$\"b\"", DiagnosticIds.InvalidVariableName, 6)]
    [InlineData("x \"a$ b\" c", DiagnosticIds.InvalidVariableName, 6)]
    [InlineData("x \"${1", DiagnosticIds.InvalidVariableName, 6)]
    [InlineData("x \"${}\"", DiagnosticIds.InvalidVariableName, 6)]
    [InlineData("x \"$.X\"", DiagnosticIds.InvalidVariableName, 5)]
    [InlineData("x \"${.LINEX}\"", DiagnosticIds.InvalidVariableName, 6)]
    [InlineData("x \"${A\" b", DiagnosticIds.UnmatchedBrace, 5)]
    [InlineData("x \"${A", DiagnosticIds.UnmatchedBrace, 5)]
    [InlineData("x \"${A-b", DiagnosticIds.UnmatchedBrace, 5)]
    [InlineData("x \"${A[1]}\"", DiagnosticIds.UnmatchedBrace, 7)]
    [InlineData("x \"${A[*}\"", DiagnosticIds.UnmatchedBrace, 7)]
    [InlineData("x \"${A[*]\"", DiagnosticIds.UnmatchedBrace, 5)]
    [InlineData("x \"${.LINE-a}${.FILE[*]}${B:-x}\"", DiagnosticIds.UnmatchedBrace, 26)]
    [InlineData("x \"\\xg0", DiagnosticIds.InvalidHexEscape, 4)]
    [InlineData("x \\x", DiagnosticIds.InvalidHexEscape, 3)]
    [InlineData("x '\\x4' \"abc", DiagnosticIds.UnmatchedQuote, 9)]
    [InlineData("x \"abc 'd", DiagnosticIds.UnmatchedQuote, 3)]
    [InlineData("x 'abc \"d", DiagnosticIds.UnmatchedQuote, 3)]
    [InlineData("x a\"b\"'c", DiagnosticIds.UnmatchedQuote, 7)]
    [InlineData("x \"a\rb\"", DiagnosticIds.UnmatchedQuote, 3)]
    public void Diagnose_tells_the_fault_that_HAProxy_tells_first(string line, string id, int column)
    {
        var first = Diagnose($"global\n{line}\n")[0];
        Assert.Equal((id, 2, column), (first.Id, first.Location!.Line, first.Location.Column));
        Assert.Equal(7 + column - 1, first.Span.Start);
    }
}
