using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;
using static HaproxyKit.Tests.Support.DiagnosticExamples;

namespace HaproxyKit.Tests.Syntax;

/// <summary>One text for each diagnostic of structure: its place, and how it is shown.</summary>
public sealed class StructureRulesTests
{
    [Fact]
    public void DirectiveOutsideSection_points_at_the_keyword() => Shows(
        "# a\n\tmode http\nglobal\n",
        DiagnosticIds.DirectiveOutsideSection,
        """
        f.cfg:2:2: error HK2001: 'mode' stands before the first section
           mode http
           ^~~~
          hint: begin a section first: global, defaults, frontend, backend, listen
        """);

    [Fact]
    public void UnclosedCondition_points_at_its_if() => Shows(
        ".if 1\n  .if 2\n.endif\nglobal\n",
        DiagnosticIds.UnclosedCondition,
        """
        f.cfg:1:1: error HK2002: '.if' is not closed before the end of the file
          .if 1
          ^~~
          hint: add .endif
        """);

    [Theory]
    [InlineData("global\n  .endif\n", 2, 3, "'.endif' has no open '.if'")]
    [InlineData("global\n.elif 1\n", 2, 1, "'.elif' has no open '.if'")]
    [InlineData(".else\n", 1, 1, "'.else' has no open '.if'")]
    [InlineData(".if 1\n.else\n.elif 1\n.endif\n", 3, 1, "'.elif' stands behind '.else'")]
    [InlineData(".if 1\n.else\n.else\n.endif\n", 3, 1, "'.else' stands behind '.else'")]
    public void UnexpectedCondition_points_at_the_directive(string text, int line, int column, string message)
    {
        var found = Assert.Single(Diagnose(text));
        Assert.Equal(
            (DiagnosticIds.UnexpectedCondition, line, column, message),
            (found.Id, found.Location!.Line, found.Location.Column, found.Message));
    }

    [Fact]
    public void UnknownDotDirective_points_at_the_directive() => Shows(
        "global\n  .notise \"x\"\n",
        DiagnosticIds.UnknownDotDirective,
        """
        f.cfg:2:3: error HK2004: '.notise' is no directive that HAProxy knows
            .notise "x"
            ^~~~~~~
          hint: known: .if .elif .else .endif .notice .warning .alert .diag
        """);

    [Fact]
    public void ConditionsTooDeep_points_at_the_hundredth()
    {
        var deep = string.Concat(Enumerable.Repeat(".if 1\n", 99));
        var close = string.Concat(Enumerable.Repeat(".endif\n", 99));
        Assert.Empty(Diagnose(deep + close));
        var found = Assert.Single(Diagnose($"{deep} .if 1\n.endif\n{close}"));
        Assert.Equal(
            (DiagnosticIds.ConditionsTooDeep, 100, 2), (found.Id, found.Location!.Line, found.Location.Column));
        Assert.Equal("f.cfg:100:2: error HK2005: '.if' is nested more than 99 deep\n   .if 1\n   ^~~", found.Render());
    }

    [Theory]
    [InlineData("backend", 1, "'backend' needs a name")]
    [InlineData("  listen # x", 3, "'listen' needs a name")]
    [InlineData("frontend a/b", 10, "'a/b' is no name that HAProxy takes")]
    [InlineData("backend \"a b\"", 9, "'a b' is no name that HAProxy takes")]
    [InlineData("backend caf\u00c3\u00a9", 9, "'caf\u00e9' is no name that HAProxy takes")]
    public void InvalidSectionName_points_at_the_name_or_the_keyword(string line, int column, string message)
    {
        var found = Assert.Single(Diagnose(line + "\n"));
        Assert.Equal(
            (DiagnosticIds.InvalidSectionName, 1, column, message),
            (found.Id, found.Location!.Line, found.Location.Column, found.Message));
    }

    [Theory]
    [InlineData("global")]
    [InlineData("defaults")]
    [InlineData("defaults from x")]
    [InlineData("backend \"a.b:c_d-E9\"")]
    [InlineData("backend \"$NAME\"")]
    [InlineData("listen a :80")]
    public void Diagnose_finds_nothing_in_a_header(string line) => Assert.Empty(Diagnose(line + "\n"));

    [Fact]
    public void InvalidSectionName_is_shown_with_the_name() => Shows(
        "backend a/b from x\n",
        DiagnosticIds.InvalidSectionName,
        $"""
        f.cfg:1:9: error HK2006: 'a/b' is no name that HAProxy takes
          backend a/b from x
                  ^~~
          hint: {Names}
        """);

    [Theory]
    [InlineData(".if 1\n.else x\n.endif\n", 2, ".else")]
    [InlineData(".if 1\n.endif x # y\n", 2, ".endif")]
    [InlineData(".notice a b\n", 1, ".notice")]
    [InlineData(".warning a b\n", 1, ".warning")]
    [InlineData(".alert a b\n", 1, ".alert")]
    [InlineData(".diag a b\n", 1, ".diag")]
    public void UnexpectedConditionArgument_points_at_the_directive(string text, int line, string word)
    {
        var found = Assert.Single(Diagnose(text));
        Assert.Equal(
            (DiagnosticIds.UnexpectedConditionArgument, line, 1, $"'{word}' has an argument too many"),
            (found.Id, found.Location!.Line, found.Location.Column, found.Message));
    }

    [Theory]
    [InlineData(".if 1\n.else # x\n.endif # y\n")]
    [InlineData(".notice \"a b\"\n.notice\n.diag a # b\n")]
    [InlineData(".if a b c\n.elif d e\n.endif\n")]
    public void Diagnose_finds_nothing_in_a_condition(string text) => Assert.Empty(Diagnose(text));

    [Fact]
    public void UnexpectedConditionArgument_is_shown_with_its_directive() => Shows(
        "global\n .notice a b\n",
        DiagnosticIds.UnexpectedConditionArgument,
        """
        f.cfg:2:2: error HK2007: '.notice' has an argument too many
           .notice a b
           ^~~~~~~
          hint: quote a text with blanks; behind .else and .endif only a comment may stand
        """);

    [Fact]
    public void ModifierAlone_points_at_the_modifier() => Shows(
        "defaults\n  no # option x\n",
        DiagnosticIds.ModifierAlone,
        """
        f.cfg:2:3: error HK2008: 'no' needs a keyword behind it
            no # option x
            ^~
          hint: for example: no option httpclose
        """);

    [Theory]
    [InlineData(" .bogus\n", DiagnosticIds.UnknownDotDirective)]
    [InlineData(" .notice a b\n", DiagnosticIds.UnexpectedConditionArgument)]
    [InlineData(" mode http\n", DiagnosticIds.DirectiveOutsideSection)]
    [InlineData("backend\n", DiagnosticIds.InvalidSectionName)]
    [InlineData("global\n no\n", DiagnosticIds.ModifierAlone)]
    public void Diagnose_only_warns_of_what_HAProxy_may_skip_in_a_branch(string line, string id)
    {
        var found = Assert.Single(Diagnose($".if 0\n{line}.endif\n"));
        Assert.Equal((id, DiagnosticSeverity.Warning), (found.Id, found.Severity));
        Assert.Contains(Diagnose(line), d => d.Id == id && d.Severity == DiagnosticSeverity.Error);
    }

    [Theory]
    [InlineData(" x \"\n", DiagnosticIds.UnmatchedQuote)]
    [InlineData(".if 1\n.else x\n.endif\n", DiagnosticIds.UnexpectedConditionArgument)]
    public void Diagnose_knows_what_HAProxy_refuses_in_a_skipped_branch_too(string line, string id) => Assert.Contains(
        Diagnose($"global\n.if 0\n{line}.endif\n"), d => d.Id == id && d.Severity == DiagnosticSeverity.Error);

    [Fact]
    public void Diagnose_gives_the_findings_of_all_lines_in_their_order()
    {
        var found = Diagnose("x\nglobal\n a '\nbackend\n no\n .endif\n");
        Assert.Equal(["HK2001", "HK1001", "HK2006", "HK2008", "HK2003"], found.Select(d => d.Id));
        Assert.Equal([1, 3, 4, 5, 6], found.Select(d => d.Location!.Line));
    }

    [Fact]
    public void Diagnose_of_nothing_finds_nothing() => Assert.Empty(ConfigDocument.Empty.Diagnose());
}
