using HaproxyKit.Syntax;
using HaproxyKit.Tests.Support;

namespace HaproxyKit.Tests.Syntax;

public sealed class ConfigLineTests
{
    [Theory]
    [MemberData(nameof(LexicalExamples.Plain), MemberType = typeof(LexicalExamples))]
    public void Words_decoded_are_what_HAProxy_reads(string line, string words)
    {
        Assert.Equal(words, LineParts.Decoded(Line(line)));
        Assert.Equal(words, LineParts.Decoded(Line(line + "\n")));
    }

    [Theory]
    [MemberData(nameof(LexicalExamples.Plain), MemberType = typeof(LexicalExamples))]
    public void Expand_without_variables_gives_the_decoded_words(string line, string words) =>
        Assert.Equal(words, Latin1.Join(Line(line + "\n").Expand(ConfigEnvironment.Empty)));

    [Theory]
    [InlineData("a \"b c\"'d'e\\ f # g", "a|\"b c\"'d'e\\ f")]
    [InlineData(" x \"${A-b c}\"\"d\"", "x|\"${A-b c}\"\"d\"")]
    [InlineData("x \\\ty", "x|\\|y")]
    [InlineData("x a#b", "x|a")]
    [InlineData("x \"a\rb", "x|\"a")]
    [InlineData("x \"a b", "x|\"a b")]
    [InlineData("x 'a\\' b'", "x|'a\\'|b'")]
    [InlineData("x \"\" ''", "x|\"\"|''")]
    public void Words_raw_are_as_written(string line, string words) => Assert.Equal(words, LineParts.Raw(Line(line)));

    [Theory]
    [InlineData("", LineKind.Blank)]
    [InlineData(" \t\v\f\r", LineKind.Blank)]
    [InlineData("#", LineKind.Comment)]
    [InlineData("  # x", LineKind.Comment)]
    [InlineData("backend a", LineKind.Section)]
    [InlineData("  backend a", LineKind.Section)]
    [InlineData("\rbackend a", LineKind.Section)]
    [InlineData("\"backend\" a", LineKind.Section)]
    [InlineData("back'end' a", LineKind.Section)]
    [InlineData("\\x62ackend a", LineKind.Section)]
    [InlineData("backend\\x00x a", LineKind.Section)]
    [InlineData("backend#a", LineKind.Section)]
    [InlineData("backend\ra", LineKind.Section)]
    [InlineData("Backend a", LineKind.Directive)]
    [InlineData("backends a", LineKind.Directive)]
    [InlineData("back\\end a", LineKind.Directive)]
    [InlineData("\"backend a\"", LineKind.Directive)]
    [InlineData("\"backend", LineKind.Directive)]
    [InlineData("mode http", LineKind.Directive)]
    [InlineData("no option x", LineKind.Directive)]
    [InlineData("$A", LineKind.Directive)]
    [InlineData(".if 1", LineKind.Dot)]
    [InlineData("\t.endif", LineKind.Dot)]
    [InlineData("\".notice\" a", LineKind.Dot)]
    [InlineData("\\x2enotice a", LineKind.Dot)]
    [InlineData(".", LineKind.Dot)]
    [InlineData("[a]", LineKind.Scope)]
    [InlineData(" \r\t[", LineKind.Scope)]
    [InlineData("\\[a]", LineKind.Directive)]
    [InlineData("\"[a]\"", LineKind.Directive)]
    [InlineData("\"\" backend a", LineKind.Ignored)]
    [InlineData("'' x", LineKind.Ignored)]
    [InlineData("\\x00backend a", LineKind.Ignored)]
    [InlineData("\0backend a", LineKind.Ignored)]
    public void Kind_is_told_by_the_decoded_first_word(string line, LineKind kind)
    {
        Assert.Equal(kind, Line(line).Kind);
        Assert.Equal(kind, Line(line + "\n").Kind);
    }

    [Fact]
    public void Kind_of_a_section_keyword_with_hundreds_of_quotes_is_section() =>
        Assert.Equal(LineKind.Section, Line(new string('"', 1000) + "global\n").Kind);

    [Fact]
    public void Kind_of_every_section_keyword_is_section()
    {
        foreach (var kind in Enum.GetValues<SectionKind>().Where(kind => kind != SectionKind.None))
        {
            Assert.Equal(LineKind.Section, Line(SectionKeywords.KeywordOf(kind) + " x\n").Kind);
        }
    }

    [Theory]
    [InlineData("abc\n", "abc")]
    [InlineData("abc\r\n", "abc")]
    [InlineData("abc\r\r\n", "abc\r")]
    [InlineData("abc\r", "abc\r")]
    [InlineData("\n", "")]
    [InlineData("", "")]
    public void Content_is_the_line_without_its_ending(string line, string content) =>
        Assert.Equal(content, Latin1.Text(Line(line).Content.Span));

    [Fact]
    public void Words_of_a_line_with_a_line_feed_inside_end_there()
    {
        Assert.Equal("a|b", LineParts.Decoded(Line("a b\nc d\n")));
        Assert.Equal("W(a) B( ) W(b) I(\nc d) L(\n)", LineParts.Pieces("a b\nc d\n"u8));
    }

    [Theory]
    [InlineData("a\n")]
    [InlineData("a\r\n")]
    [InlineData("a # b\n")]
    [InlineData("\n")]
    [InlineData("a")]
    public void Words_at_the_end_stay_at_the_end(string line)
    {
        var words = Line(line).Words;
        while (words.MoveNext())
        {
        }

        Assert.False(words.MoveNext());
        Assert.False(words.MoveNext());
    }

    [Fact]
    public void Equality_is_that_of_the_bytes()
    {
        Assert.True(Line("a\n") == Line("a\n"));
        Assert.True(Line("a\n") != Line("a\r\n"));
        Assert.Equal(Line("a\n").GetHashCode(), Line("a\n").GetHashCode());
        Assert.False(Line("a").Equals("a"));
    }

    private static ConfigLine Line(string text) => new(Latin1.Bytes(text));
}
