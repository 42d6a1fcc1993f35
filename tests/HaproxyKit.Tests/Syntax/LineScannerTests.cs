using HaproxyKit.Syntax;
using HaproxyKit.Tests.Support;

namespace HaproxyKit.Tests.Syntax;

public sealed class LineScannerTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("\n", "L(\n)")]
    [InlineData("\r\n", "L(\r\n)")]
    [InlineData("  \n", "B(  ) L(\n)")]
    [InlineData("bind :80", "W(bind) B( ) W(:80)")]
    [InlineData("\tbind \t:80  # web\r\n", "B(\t) W(bind) B( \t) W(:80) B(  ) C(# web) L(\r\n)")]
    [InlineData("a#b\n", "W(a) C(#b) L(\n)")]
    [InlineData("a \"b # c\" d\n", "W(a) B( ) W(\"b # c\") B( ) W(d) L(\n)")]
    [InlineData("a\\ b\\\tc\n", "W(a\\ b\\) B(\t) W(c) L(\n)")]
    [InlineData("a\rb c\n", "W(a) I(\rb c) L(\n)")]
    [InlineData("a \r\t\rb\n", "W(a) B( \r\t\r) W(b) L(\n)")]
    [InlineData("\ra\n", "B(\r) W(a) L(\n)")]
    [InlineData("a\r\r\n", "W(a) I(\r) L(\r\n)")]
    [InlineData("a\0b c\n", "W(a) I(\0b c) L(\n)")]
    [InlineData("a \0\n", "W(a) B( ) I(\0) L(\n)")]
    [InlineData("a # b\0c\n", "W(a) B( ) C(# b\0c) L(\n)")]
    [InlineData("a 'b c\n", "W(a) B( ) W('b c) L(\n)")]
    [InlineData("a 'b\rc d\n", "W(a) B( ) W('b) I(\rc d) L(\n)")]
    [InlineData("a \"b\0c d\n", "W(a) B( ) W(\"b) I(\0c d) L(\n)")]
    [InlineData("[a]\n", "S([a]) L(\n)")]
    [InlineData(" \r[a] # x\n", "B( \r) S([a]) B( ) C(# x) L(\n)")]
    [InlineData("[a]#x\n", "S([a]) C(#x) L(\n)")]
    [InlineData("[a] \r\n", "S([a]) B( ) L(\r\n)")]
    [InlineData("[a\n", "S([a) L(\n)")]
    [InlineData("[a b] c\n", "S([a b]) I( c) L(\n)")]
    [InlineData("[a]\0b\n", "S([a]) I(\0b) L(\n)")]
    [InlineData("a [b] [\n", "W(a) B( ) W([b]) B( ) W([) L(\n)")]
    [InlineData("\u00ef\u00bb\u00bfglobal\n", "W(\u00ef\u00bb\u00bfglobal) L(\n)")]
    public void MoveNext_cuts_the_line_into_pieces_end_to_end(string line, string pieces) =>
        Assert.Equal(pieces, LineParts.Pieces(Latin1.Bytes(line)));

    [Theory]
    [InlineData("x abc", WordTraits.None, -1)]
    [InlineData("x 'a'", WordTraits.Quoted, -1)]
    [InlineData("x a\"b\"", WordTraits.Quoted, -1)]
    [InlineData("x a\\ b", WordTraits.Escaped, -1)]
    [InlineData("x a\\b", WordTraits.None, -1)]
    [InlineData("x \\x41", WordTraits.Escaped, -1)]
    [InlineData("x \"$A\"", WordTraits.Quoted | WordTraits.Variable, -1)]
    [InlineData("x \"a\\t${A-b}\"", WordTraits.Quoted | WordTraits.Variable | WordTraits.Escaped, -1)]
    [InlineData("x '$A\\t'", WordTraits.Quoted, -1)]
    [InlineData("x a'b", WordTraits.Quoted | WordTraits.UnmatchedQuote, 3)]
    [InlineData("x \\x4", WordTraits.InvalidHexEscape, 2)]
    [InlineData("x \"$1\"", WordTraits.Quoted | WordTraits.Variable | WordTraits.InvalidVariableName, 4)]
    [InlineData("x \"${A\"", WordTraits.Quoted | WordTraits.Variable | WordTraits.UnmatchedBrace, 4)]
    public void Traits_and_place_of_the_fault_are_told_for_each_word(string line, WordTraits traits, int faultAt)
    {
        var scanner = new LineScanner(Latin1.Bytes(line));
        Assert.True(scanner.MoveNext() && scanner.MoveNext() && scanner.MoveNext());
        Assert.Equal(LineTokenKind.Word, scanner.Kind);
        Assert.Equal(traits, scanner.Traits);
        Assert.Equal(faultAt, scanner.FaultAt);
    }

    [Fact]
    public void MoveNext_at_the_end_stays_at_the_end()
    {
        var scanner = new LineScanner("a\n"u8);
        Assert.True(scanner.MoveNext());
        Assert.True(scanner.MoveNext());
        Assert.False(scanner.MoveNext());
        Assert.False(scanner.MoveNext());
        Assert.Equal(2, scanner.Start);
        Assert.Equal(0, scanner.Length);
    }
}
