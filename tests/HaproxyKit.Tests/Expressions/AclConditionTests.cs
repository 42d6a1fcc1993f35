using HaproxyKit.Expressions;

namespace HaproxyKit.Tests.Expressions;

/// <summary>Conditions and ACLs as users of the tree meet them.</summary>
public sealed class AclConditionTests
{
    [Fact]
    public void Parse_condition_gives_alternatives_of_terms()
    {
        var tree = AclCondition.Parse("unless !a  { path_beg -i \"/a b\" } || b").GetValueOrThrow();
        Assert.Equal(AclPolarity.Unless, tree.Polarity);
        Assert.Equal(
            [
                new AclConjunction(
                [
                    new AclReference("a") { IsNegated = true },
                    new AnonymousAcl(new AclExpression(new SampleExpression(new SampleCall("path_beg"))) { Flags = [new AclFlag("-i")], Patterns = ["/a b"] }),
                ]),
                new AclConjunction([new AclReference("b")]),
            ],
            tree.Alternatives);
    }

    [Fact]
    public void ToString_edited_term_is_written_anew_and_the_rest_stays()
    {
        var tree = AclCondition.Parse("if  ! a\t{ path  '/x' } OR b ").GetValueOrThrow();
        var first = tree.Alternatives[0];
        var acl = (AnonymousAcl)first.Terms[1];
        var edited = first with { Terms = first.Terms.SetItem(1, acl with { Expression = acl.Expression with { Patterns = [.. acl.Expression.Patterns, "a b"] } }) };
        Assert.Equal("if  ! a\t{ path  '/x' 'a b' } OR b ", (tree with { Alternatives = tree.Alternatives.SetItem(0, edited) }).ToString());
        Assert.Equal("unless  ! a\t{ path  '/x' } OR b ", (tree with { Polarity = AclPolarity.Unless }).ToString());
    }

    [Theory]
    [InlineData("", ExpressionErrorKind.MissingIf, 0, 0)]
    [InlineData("a", ExpressionErrorKind.MissingIf, 0, 0)]
    [InlineData("if { src", ExpressionErrorKind.UnclosedBrace, 8, 3)]
    [InlineData("if { }", ExpressionErrorKind.MissingFetch, 5, 2)]
    [InlineData("if a }", ExpressionErrorKind.UnopenedBrace, 5, 2)]
    [InlineData("if !a/b", ExpressionErrorKind.InvalidAclName, 5, 1)]
    [InlineData("if { src 'x' -i \"\" }", ExpressionErrorKind.EmptyWord, 18, 5)]
    [InlineData("if { src -x }", ExpressionErrorKind.UnknownAclFlag, 9, 3)]
    [InlineData("if { src -m foo }", ExpressionErrorKind.UnknownMatchMethod, 12, 4)]
    [InlineData("if { src -m }", ExpressionErrorKind.MissingFlagValue, 12, 4)]
    [InlineData("if { src -f a -m str }", ExpressionErrorKind.MatchMethodAfterFile, 14, 5)]
    [InlineData("if { src -u x }", ExpressionErrorKind.InvalidAclId, 12, 4)]
    [InlineData("if { \"str('a\"\\ )' }", ExpressionErrorKind.InvalidWord, 16, 0)]
    [InlineData("if { 'str(a' }", ExpressionErrorKind.UnclosedArguments, 12, 2)]
    [InlineData("if { \"str(\\\"a)\" }", ExpressionErrorKind.UnclosedQuote, 10, 2)]
    public void Parse_mistake_is_told_with_its_place(string text, ExpressionErrorKind kind, int position, int word) =>
        Assert.Equal(new ExpressionError(kind, position, word), AclCondition.Parse(text).Error);

    [Theory]
    [InlineData("", ExpressionErrorKind.MissingAclName)]
    [InlineData("a/b src", ExpressionErrorKind.InvalidAclName)]
    [InlineData("OR src", ExpressionErrorKind.ReservedAclName)]
    [InlineData("a", ExpressionErrorKind.MissingFetch)]
    [InlineData("a src -m", ExpressionErrorKind.MissingFlagValue)]
    public void Parse_mistake_in_a_definition_is_told(string text, ExpressionErrorKind kind) =>
        Assert.Equal(kind, AclDefinition.Parse(text).Error.Kind);

    [Fact]
    public void Tree_that_cannot_be_said_throws()
    {
        var source = new SampleExpression(new SampleCall("src"));
        Assert.Throws<ArgumentException>(() => new AclPattern(""));
        Assert.Throws<ArgumentException>(() => new AclReference("or"));
        Assert.Throws<ArgumentException>(() => new AclReference("a b"));
        Assert.Throws<ArgumentException>(() => new AclConjunction([]));
        Assert.Throws<ArgumentException>(() => new AclFlag("-m", "foo"));
        Assert.Throws<ArgumentException>(() => new AclFlag("-i", "x"));
        Assert.Throws<ArgumentException>(() => new AclExpression(source) { Flags = [new("-f", "x"), AclFlag.Match(AclMatchMethod.Exact)] });
        Assert.Throws<ArgumentException>(() => new AnonymousAcl(new AclExpression(source) { Patterns = ["}"] }));
        Assert.Equal("a src '}'", new AclDefinition("a", new AclExpression(source) { Patterns = ["}"] }).ToString().Replace("}", "'}'", StringComparison.Ordinal));
    }

    [Fact]
    public void Method_is_what_the_last_flag_names() => Assert.Equal(
        AclMatchMethod.End, AclExpression.Parse("path -m beg -i -m end x").GetValueOrThrow().Method);
}
