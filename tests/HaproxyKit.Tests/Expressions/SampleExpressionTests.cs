using HaproxyKit.Diagnostics;
using HaproxyKit.Expressions;

namespace HaproxyKit.Tests.Expressions;

/// <summary>Sample expressions as users of the tree meet them.</summary>
public sealed class SampleExpressionTests
{
    [Fact]
    public void Parse_expression_gives_fetch_converters_and_values()
    {
        var tree = SampleExpression.Parse("req.hdr('X, y',1),regsub(\"a\\\"b\",),lower").GetValueOrThrow();
        Assert.Equal(new SampleCall("req.hdr", ["X, y", "1"]), tree.Fetch);
        Assert.Equal([new SampleCall("regsub", ["a\"b", ""]), new SampleCall("lower")], tree.Converters);
        Assert.Equal(new TextSpan(8, 6), tree.Fetch.Arguments[0].Span);
        Assert.Equal(new TextSpan(18, 15), tree.Converters[0].Span);
    }

    [Fact]
    public void ToString_edited_argument_is_quoted_and_the_rest_stays()
    {
        var tree = SampleExpression.Parse("req.hdr('host'),,field(1,\".\")").GetValueOrThrow();
        var field = tree.Converters[0];
        var edited = tree with { Converters = [field with { Arguments = field.Arguments.SetItem(1, ",") }] };
        Assert.Equal("req.hdr('host'),,field(1,',')", edited.ToString());
    }

    [Theory]
    [InlineData("", ExpressionErrorKind.MissingFetch, 0)]
    [InlineData("(a)", ExpressionErrorKind.MissingFetch, 0)]
    [InlineData("src ", ExpressionErrorKind.MissingComma, 3)]
    [InlineData("str(a)b", ExpressionErrorKind.MissingComma, 6)]
    [InlineData("src, lower", ExpressionErrorKind.MissingConverter, 4)]
    [InlineData("str(é", ExpressionErrorKind.UnclosedArguments, 6)]
    [InlineData("str(a,'b)", ExpressionErrorKind.UnclosedQuote, 6)]
    [InlineData("str(a\\", ExpressionErrorKind.TrailingBackslash, 5)]
    [InlineData("src\0", ExpressionErrorKind.NulByte, 3)]
    public void Parse_mistake_is_told_with_its_place(string text, ExpressionErrorKind kind, int position)
    {
        var result = SampleExpression.Parse(text);
        Assert.False(result.IsSuccess);
        Assert.Equal(new ExpressionError(kind, position), result.Error);
        Assert.Throws<FormatException>(result.GetValueOrThrow);
    }

    [Fact]
    public void Parse_bytes_that_are_no_text_are_told() => Assert.Equal(
        new ExpressionError(ExpressionErrorKind.InvalidUtf8, 4), SampleExpression.Parse([.. "str("u8, 0xC3, .. ")"u8]).Error);

    [Fact]
    public void Parse_half_of_a_surrogate_pair_throws() => Assert.Throws<ArgumentException>(() => SampleExpression.Parse("str(\ud83d)"));

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a,b")]
    [InlineData("é")]
    public void SampleCall_name_that_is_none_throws(string name) => Assert.ThrowsAny<ArgumentException>(() => new SampleCall(name));

    [Fact]
    public void SampleArgument_that_cannot_be_said_throws()
    {
        Assert.Throws<ArgumentException>(() => new SampleArgument("a\0b"));
        Assert.Throws<ArgumentException>(() => new SampleArgument("\ud83d"));
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("", "\"\"")]
    [InlineData("a,b", "'a,b'")]
    [InlineData("it's", "\"it's\"")]
    [InlineData("\\1", "'\\1'")]
    [InlineData("a\n", "\"a\\n\"")]
    [InlineData("'\"\\", "\"'\\\"\\\\\"")]
    public void Escape_argument_is_quoted_where_that_is_needed(string value, string written)
    {
        Assert.Equal(written, SampleArgumentText.Escape(value));
        Assert.Equal(value, SampleArgumentText.Decode(System.Text.Encoding.UTF8.GetBytes(written)));
    }

    [Theory]
    [InlineData("a\\,b", "a\\,b")]
    [InlineData("a\\ b", "a b")]
    [InlineData("\"a\"'b'c", "abc")]
    [InlineData("'\\n'\\n", "\\n\n")]
    [InlineData("\\x41", "\\x41")]
    public void Decode_argument_is_read_as_HAProxy_reads_it(string written, string value) =>
        Assert.Equal(value, SampleArgumentText.Decode(System.Text.Encoding.UTF8.GetBytes(written)));

    [Fact]
    public void Decode_into_too_short_a_destination_throws() =>
        Assert.Throws<ArgumentException>(() => SampleArgumentText.Decode("ab"u8, new byte[1]));
}
