using HaproxyKit.Analysis;
using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;
using HaproxyKit.Tests.Support;

namespace HaproxyKit.Tests.Analysis;

/// <summary>Conditions of the file, and several files as one configuration.</summary>
public sealed class BranchTests
{
    [Fact]
    public void Analyze_takes_names_in_exclusive_branches_for_no_duplicates() => Assert.DoesNotContain(
        RuleExample.Analyze(".if defined(A)\nbackend a\n.elif defined(B)\nbackend a\n.else\nbackend a\n.endif\n"),
        d => d.Id == DiagnosticIds.DuplicateName);

    [Fact]
    public void Analyze_finds_duplicates_that_can_both_be_read() => Assert.Contains(
        RuleExample.Analyze(".if defined(A)\nbackend a\n.endif\nbackend a\n"),
        d => d.Id == DiagnosticIds.DuplicateName && d.Severity == DiagnosticSeverity.Error);

    [Fact]
    public void Analyze_takes_a_reference_for_satisfied_that_is_in_one_branch() => Assert.DoesNotContain(
        RuleExample.Analyze("frontend f\n bind :80\n default_backend a\n.if defined(A)\nbackend a\n.endif\n"),
        d => d.Id == DiagnosticIds.UndefinedReference);

    [Fact]
    public void Analyze_only_warns_of_what_HAProxy_may_skip()
    {
        var found = Assert.Single(RuleExample.Analyze("global\n.if defined(A)\n blah\n.endif\n"));
        Assert.Equal((DiagnosticIds.UnknownKeyword, DiagnosticSeverity.Warning), (found.Id, found.Severity));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("version_atleast(3.3)")]
    [InlineData("version_before(3.2)")]
    [InlineData("streq(a,b) || !1")]
    [InlineData("defined(A) && 0")]
    [InlineData("(strneq(a,a))")]
    public void Analyze_skips_what_the_version_certainly_skips(string condition)
    {
        Assert.Empty(RuleExample.Analyze($"global\n.if {condition}\n blah\n.endif\n"));
        var found = Assert.Single(RuleExample.Analyze($"global\n.if {condition}\n.else\n blah\n.endif\n"));
        Assert.Equal(DiagnosticSeverity.Error, found.Severity);
    }

    [Theory]
    [InlineData("(", "1", ")")]
    [InlineData("!", "1", "")]
    [InlineData("!(1&&", "1", ")")]
    [InlineData("(0||", "(streq(a,a))", ")")]
    [InlineData("!(", "", "")]
    [InlineData("1||", "1", "")]
    [InlineData("1&&!", "0", "")]
    public void Analyze_reads_deep_conditions_without_stack_or_time(string before, string core, string after)
    {
        var shallow = Condition(30);
        Assert.Equal(core.Length == 0, RuleExample.Analyze(shallow).Any(d => d.Id == DiagnosticIds.InvalidPreprocessorCondition));
        Assert.Equal(core.Length == 0, HaproxyJudge.Judge(HaproxyPrograms.Installed, Latin1.Bytes(shallow)).HasError);

        // HAProxy reads this, and is not contradicted.
        if (core.Length > 0)
        {
            Assert.False(HaproxyJudge.Judge(HaproxyPrograms.Installed, Latin1.Bytes(Condition(80))).HasError);
            Assert.Empty(RuleExample.Analyze(Condition(80)));
        }

        foreach (var count in new[] { 5_000, 500_000 })
        {
            RuleExample.Analyze(Condition(count));
        }

        string Condition(int count) =>
            $".if {string.Concat(Enumerable.Repeat(before, count))}{core}{string.Concat(Enumerable.Repeat(after, count))}\n.endif\n";
    }

    [Fact]
    public void Analyze_reads_several_files_as_one_configuration()
    {
        var first = ConfigDocument.Parse("defaults d\n timeout client 5s\nfrontend f from d\n bind :80\n default_backend b\n", "1.cfg");
        var second = ConfigDocument.Parse("backend b\nfrontend f\n bind :81\n timeout client 5s\n", "2.cfg");
        var options = new AnalysisOptions { Version = HaproxyVersion.V3_2 };
        var found = Assert.Single(ConfigAnalyzer.Analyze([first, second], options));
        Assert.Equal((DiagnosticIds.DuplicateName, "2.cfg", 2), (found.Id, found.Location!.File, found.Location.Line));
        Assert.Contains(ConfigAnalyzer.Analyze(first, options), d => d.Id == DiagnosticIds.UndefinedReference);
        Assert.Contains(ConfigAnalyzer.Analyze([second, first], options), d => d.Location!.File == "1.cfg");
    }

    [Fact]
    public void Analyze_says_where_arguments_are_missing()
    {
        Assert.Throws<ArgumentNullException>(() => ConfigAnalyzer.Analyze((ConfigDocument)null!, HaproxyVersion.V3_2));
        Assert.Throws<ArgumentNullException>(() => ConfigAnalyzer.Analyze(ConfigDocument.Empty, null!));
        Assert.Throws<ArgumentNullException>(() => ConfigAnalyzer.Analyze((IReadOnlyList<ConfigDocument>)null!, new AnalysisOptions { Version = HaproxyVersion.V3_2 }));
        Assert.Empty(ConfigAnalyzer.Analyze(ConfigDocument.Empty, HaproxyVersion.V3_2));
    }
}
