using System.Text;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Tests.Diagnostics;

public sealed class DiagnosticRendererTests
{
    [Fact]
    public void Render_without_a_place_is_the_message_alone() =>
        Assert.Equal("error HK7006: gone", Finding(null).Render());

    [Fact]
    public void Render_with_a_hint_says_it_last() =>
        Assert.Equal("error HK7006: gone\n  hint: start it", (Finding(null) with { Hint = "start it" }).Render());

    [Theory]
    [InlineData(DiagnosticSeverity.Info, "info")]
    [InlineData(DiagnosticSeverity.Warning, "warning")]
    [InlineData(DiagnosticSeverity.Error, "error")]
    public void ToString_names_the_severity(DiagnosticSeverity severity, string word) =>
        Assert.Equal($"{word} HK7006: gone", (Finding(null) with { Severity = severity }).ToString());

    [Fact]
    public void Render_with_a_line_alone_shows_no_caret() =>
        Assert.Equal("f:7: error HK7006: gone\n  mode http", Finding(At("mode http", 0, 0)).Render());

    [Fact]
    public void Render_without_the_lines_text_shows_the_place_alone() =>
        Assert.Equal("f:7:3: error HK7006: gone", Finding(At("", 3, 1)).Render());

    [Fact]
    public void Render_without_a_file_begins_with_the_line() =>
        Assert.Equal("7:1: error HK7006: gone\n  a\n  ^", Finding(At("a", 1, 1) with { File = null }).Render());

    [Theory]
    [InlineData("mode http", 6, 4, "mode http", "     ^~~~")]
    [InlineData("mode http", 6, 0, "mode http", "     ^")]
    [InlineData("mode http", 10, 0, "mode http", "         ^")]
    [InlineData("mode http", 99, 5, "mode http", "         ^")]
    [InlineData("mode http", 6, 99, "mode http", "     ^~~~")]
    [InlineData("\t\tx", 3, 1, "  x", "  ^")]
    [InlineData("\u00e9\u00e9 x", 6, 1, "\u00e9\u00e9 x", "   ^")]
    [InlineData("\u0001 x", 3, 1, "\\x01 x", "     ^")]
    [InlineData("\u007f\u0085x", 4, 1, "\\x7F\\xC2\\x85x", "            ^")]
    [InlineData("a\u202eb", 5, 1, "a\\u202Eb", "       ^")]
    [InlineData("a\u2028b", 5, 1, "a\\u2028b", "       ^")]
    [InlineData("e\u0301x", 4, 1, "e\u0301x", " ^")]
    public void Render_puts_the_caret_below_the_byte(string line, int column, int length, string shown, string caret) =>
        Assert.Equal($"f:7:{column}: error HK7006: gone\n  {shown}\n  {caret}", Finding(At(line, column, length)).Render());

    [Fact]
    public void Render_shows_bytes_that_are_no_text_as_hexadecimal()
    {
        var location = At("", 3, 1) with { LineText = new byte[] { 0xFF, (byte)'a', (byte)'b', 0xC3 } };
        Assert.Equal("f:7:3: error HK7006: gone\n  \\xFFab\\xC3\n       ^", Finding(location).Render());
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(500, 500)]
    [InlineData(1000, 1)]
    public void Render_cuts_a_long_line_around_the_caret(int column, int length)
    {
        var line = string.Concat(Enumerable.Range(0, 1000).Select(i => (char)('a' + (i % 26))));
        var lines = Finding(At(line, column, length)).Render().Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.InRange(lines[1].Length, 160, 168);
        Assert.Equal(line[column - 1], lines[1][lines[2].IndexOf('^')]);
        Assert.True(lines[2].Length <= lines[1].Length);
        Assert.Contains(lines[1].Trim('.', ' '), line, StringComparison.Ordinal);
    }

    [Fact]
    public void Span_of_a_finding_without_a_place_is_empty() => Assert.Equal(default, Finding(null).Span);

    [Fact]
    public void Location_equality_compares_the_text_of_the_line()
    {
        Assert.Equal(At("a", 1, 1), At("a", 1, 1));
        Assert.Equal(At("a", 1, 1).GetHashCode(), At("a", 1, 1).GetHashCode());
        Assert.NotEqual(At("a", 1, 1), At("b", 1, 1));
    }

    [Fact]
    public void TextSpan_between_two_offsets_ends_at_the_second()
    {
        var span = TextSpan.Between(3, 8);
        Assert.Equal((3, 5, 8), (span.Start, span.Length, span.End));
        Assert.Equal(new TextSpan(5, 5), span.Offset(2));
    }

    private static Diagnostic Finding(DiagnosticLocation? location) => new()
    {
        Id = DiagnosticIds.HaproxyUnreachable,
        Severity = DiagnosticSeverity.Error,
        Message = "gone",
        Location = location,
    };

    private static DiagnosticLocation At(string line, int column, int length) => new()
    {
        File = "f",
        Line = 7,
        Column = column,
        Span = new TextSpan(100, length),
        LineText = Encoding.UTF8.GetBytes(line),
    };
}
