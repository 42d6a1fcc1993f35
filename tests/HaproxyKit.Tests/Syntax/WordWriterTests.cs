using HaproxyKit.Syntax;
using HaproxyKit.Tests.Support;

namespace HaproxyKit.Tests.Syntax;

public sealed class WordWriterTests
{
    [Theory]
    [InlineData("abc", "abc")]
    [InlineData("10.0.0.1:80", "10.0.0.1:80")]
    [InlineData("caf\u00c3\u00a9", "caf\u00c3\u00a9")]
    [InlineData("\u00ff", "\u00ff")]
    [InlineData("a b", "'a b'")]
    [InlineData("a#b", "'a#b'")]
    [InlineData("$A", "'$A'")]
    [InlineData("a\\b", "'a\\b'")]
    [InlineData("a\"b", "'a\"b'")]
    [InlineData("it's", "\"it's\"")]
    [InlineData("'\"\\$A", "\"'\\\"\\\\\\$A\"")]
    [InlineData("'\\x41", "\"'\\\\x41\"")]
    [InlineData(" ", "' '")]
    public void Quote_writes_the_plainest_form_that_is_safe(string value, string word) =>
        Assert.Equal(word, Latin1.Text(WordWriter.Quote(Latin1.Bytes(value))));

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    [InlineData("a\r")]
    [InlineData("\0")]
    [InlineData("a\tb")]
    [InlineData("\u001f")]
    [InlineData("\u007f")]
    public void Quote_refuses_what_could_end_a_line_or_is_empty(string value)
    {
        Assert.NotNull(WordWriter.DescribeRefusal(Latin1.Bytes(value)));
        Assert.Throws<ArgumentException>(nameof(value), () => WordWriter.Quote(value));
        Assert.Throws<ArgumentException>(nameof(value), () => WordWriter.Quote(Latin1.Bytes(value)));
    }

    [Fact]
    public void Quote_refuses_half_of_a_surrogate_pair() =>
        Assert.Throws<ArgumentException>("value", () => WordWriter.Quote("a\ud800b"));

    [Fact]
    public void Quote_keeps_text_beyond_ASCII() => Assert.Equal("'caf\u00e9 \ud83d\ude00'", WordWriter.Quote("caf\u00e9 \ud83d\ude00"));

    [Fact]
    public void DescribeRefusal_names_the_byte() =>
        Assert.Equal("A value must not hold control characters: byte 2 is 0x0A.", WordWriter.DescribeRefusal("ab\n\t"u8));

    [Fact]
    public void DescribeRefusal_of_a_fine_value_is_null() => Assert.Null(WordWriter.DescribeRefusal("a b"u8));
}
