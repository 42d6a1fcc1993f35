using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Tests.Analysis;

/// <summary>The rules about keywords, their places and their arguments.</summary>
public sealed class KeywordRuleTests
{
    [Theory]
    [InlineData(DiagnosticIds.UnknownKeyword, " blance roundrobin", " balance roundrobin")]
    [InlineData(DiagnosticIds.UnknownKeyword, " option httplgo", " option httplog")]
    [InlineData(DiagnosticIds.KeywordInWrongSection, "frontend f\n bind 127.0.0.1:8099\n server s 192.0.2.1:80", "backend f\n server s 192.0.2.1:80")]
    [InlineData(DiagnosticIds.KeywordInWrongSection, "defaults\n http-request deny if TRUE", "defaults d\n http-request deny if TRUE")]
    [InlineData(DiagnosticIds.MissingArgument, " timeout", " timeout tunnel 1h")]
    [InlineData(DiagnosticIds.MissingArgument, " timeout tunnel", " timeout tunnel 1h")]
    [InlineData(DiagnosticIds.MissingArgument, " server s2", " server s2 192.0.2.2")]
    [InlineData(DiagnosticIds.MissingArgument, "userlist", "userlist u")]
    [InlineData(DiagnosticIds.MissingArgument, " log", " no log")]
    [InlineData(DiagnosticIds.UnexpectedArgument, " timeout tunnel 1h 2h", " timeout tunnel 1h")]
    [InlineData(DiagnosticIds.UnexpectedArgument, " server s2 192.0.2.2:80 chekc", " server s2 192.0.2.2:80 check")]
    [InlineData(DiagnosticIds.UnexpectedArgument, " mode htttp", " mode http")]
    [InlineData(DiagnosticIds.UnexpectedArgument, "global x", "global")]
    public void Analyze_refuses_what_HAProxy_refuses(string id, string refused, string accepted) =>
        RuleExample.IsRefused(id, refused, accepted);

    [Fact]
    public void Analyze_names_the_keyword_that_was_probably_meant()
    {
        var found = Assert.Single(RuleExample.Analyze(RuleExample.Proxy + " blance roundrobin\n"));
        Assert.Equal("did you mean 'balance'?", found.Hint);
        found = Assert.Single(RuleExample.Analyze(RuleExample.Proxy + " server s2 192.0.2.2:80 chekc\n"));
        Assert.Equal("did you mean 'check'?", found.Hint);
    }

    [Fact]
    public void Analyze_knows_which_version_has_a_keyword()
    {
        const string Text = RuleExample.Proxy + " hash-preserve-affinity always\n";
        Assert.Contains(RuleExample.Analyze(Text, HaproxyVersion.V2_6), d => d.Id == DiagnosticIds.KeywordOfOtherVersion);
        Assert.Empty(RuleExample.Analyze(Text));

        const string Program = "program p\n command /bin/true\n";
        Assert.Contains(RuleExample.Analyze(Program, HaproxyVersion.V3_5), d => d.Id == DiagnosticIds.KeywordOfOtherVersion);
        Assert.Contains(RuleExample.Analyze(Program), d => d.Id == DiagnosticIds.DeprecatedKeyword);
        Assert.Empty(RuleExample.Analyze(Program, HaproxyVersion.V2_6));
    }

    [Fact]
    public void Analyze_says_nothing_of_words_whose_value_depends_on_the_environment() => Assert.Empty(RuleExample.Analyze(
        RuleExample.Proxy + " timeout tunnel \"${T}\"\n server \"$N\" \"${A}:${P}\" \"$WORDS\"\n bind ${HOST}:8098\n maxconn \"$M\"\n"));

    [Theory]
    [InlineData("HK1001", " http-request set-header X \"a")]
    [InlineData("HK1005", " acl a src 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1")]
    public void Analyze_tells_what_is_wrong_with_words_and_lines_too(string id, string line)
    {
        Assert.Contains(RuleExample.Analyze(RuleExample.Proxy + line + "\n"), d => d.Id == id);
        Assert.Contains(RuleExample.Analyze(RuleExample.Proxy + " maxconn 10"), d => d.Id == DiagnosticIds.MissingFinalNewline);
    }
}
