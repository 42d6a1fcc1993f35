using HaproxyKit.Catalog;
using HaproxyKit.Expressions;

namespace HaproxyKit.Tests.Expressions;

/// <summary>Log formats as users of the tree meet them.</summary>
public sealed class LogFormatTests
{
    [Fact]
    public void Parse_format_gives_its_parts()
    {
        var tree = LogFormat.Parse("%{+Q}o %(host)[req.hdr(host),lower] 100%% %ci:%cp").GetValueOrThrow();
        Assert.Equal(
            [
                new LogFormatAliasItem("o") { Flags = "+Q" },
                " ",
                new LogFormatExpressionItem(new SampleExpression(new SampleCall("req.hdr", ["host"]), [new SampleCall("lower")])) { ItemName = "host" },
                " 100% ",
                new LogFormatAliasItem("ci"),
                ":",
                new LogFormatAliasItem("cp"),
            ],
            tree.Parts);
    }

    [Fact]
    public void Parse_name_is_text_to_older_versions()
    {
        Assert.Equal(["(n)ci"], LogFormat.Parse("%(n)ci", LogFormat.TakesNames(HaproxyVersion.V2_6)).GetValueOrThrow().Parts);
        Assert.Equal([new LogFormatAliasItem("ci") { ItemName = "n" }], LogFormat.Parse("%(n)ci", LogFormat.TakesNames(HaproxyVersion.V3_0)).GetValueOrThrow().Parts);
    }

    [Theory]
    [InlineData("100%", ExpressionErrorKind.MissingItem, 4)]
    [InlineData("100% x", ExpressionErrorKind.InvalidItem, 4)]
    [InlineData("%1", ExpressionErrorKind.InvalidItem, 1)]
    [InlineData("%{+Q", ExpressionErrorKind.UnclosedFlags, 4)]
    [InlineData("%{+Q}", ExpressionErrorKind.MissingItemAfterFlags, 5)]
    [InlineData("%{+Q}%", ExpressionErrorKind.MissingItemAfterFlags, 5)]
    [InlineData("%[src", ExpressionErrorKind.UnclosedExpression, 5)]
    [InlineData("%[src ]", ExpressionErrorKind.UnclosedExpression, 5)]
    [InlineData("%[src,]", ExpressionErrorKind.MissingConverter, 6)]
    [InlineData("%[]", ExpressionErrorKind.MissingFetch, 2)]
    [InlineData("%(a b)ci", ExpressionErrorKind.InvalidItemName, 3)]
    [InlineData("%(a:ip)ci", ExpressionErrorKind.InvalidItemType, 4)]
    [InlineData("a\0", ExpressionErrorKind.NulByte, 1)]
    public void Parse_mistake_is_told_with_its_place(string text, ExpressionErrorKind kind, int position) =>
        Assert.Equal(new ExpressionError(kind, position), LogFormat.Parse(text).Error);

    [Theory]
    [InlineData("100%x", "100%%x")]
    [InlineData("100%[env(HOME)]", "100%%[env(HOME)]")]
    [InlineData("plain", "plain")]
    public void Escape_percent_sign_is_doubled(string value, string written) => Assert.Equal(written, LogFormatText.Escape(value));

    [Fact]
    public void Escape_NUL_throws() => Assert.Throws<ArgumentException>(() => LogFormatText.Escape("a\0"));

    [Fact]
    public void Parts_letter_behind_an_alias_throws()
    {
        Assert.Throws<ArgumentException>(() => new LogFormat([new LogFormatAliasItem("ci"), "", "x"]));
        Assert.Equal("%ci_x", new LogFormat([new LogFormatAliasItem("ci"), "", "_x"]).ToString());
    }

    [Fact]
    public void Item_that_cannot_be_said_throws()
    {
        Assert.Throws<ArgumentException>(() => new LogFormatAliasItem("1a"));
        Assert.Throws<ArgumentException>(() => new LogFormatAliasItem("ci") { Flags = "}" });
        Assert.Throws<ArgumentException>(() => new LogFormatAliasItem("ci") { ItemName = "a b" });
        Assert.Throws<ArgumentException>(() => new LogFormatAliasItem("ci") { ItemType = "ip" });
    }

    [Fact]
    public void HasFlag_says_what_is_switched()
    {
        var item = new LogFormatAliasItem("r") { Flags = "+Q,-E,X" };
        Assert.True(item.HasFlag("Q"));
        Assert.False(item.HasFlag("E"));
        Assert.Null(item.HasFlag("X"));
    }
}
