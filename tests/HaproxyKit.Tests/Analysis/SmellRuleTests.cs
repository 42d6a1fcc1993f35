using HaproxyKit.Analysis;
using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;
using HaproxyKit.Tests.Support;

namespace HaproxyKit.Tests.Analysis;

/// <summary>The rules about what HAProxy accepts, and what can hardly be meant or is not wise.</summary>
public sealed class SmellRuleTests
{
    private const string Stats = "defaults\n mode http\n timeout client 5s\n timeout connect 5s\n timeout server 5s\nlisten s\n bind 192.0.2.1:8404\n stats enable\n";

    [Theory]
    [InlineData(DiagnosticIds.RepeatedSetting, DiagnosticSeverity.Warning, "global\n maxconn 10\n maxconn 20", "global\n maxconn 10")]
    [InlineData(DiagnosticIds.UnusedAcl, DiagnosticSeverity.Info, " acl a src 192.0.2.1", " acl a src 192.0.2.1\n http-request deny if a")]
    [InlineData(DiagnosticIds.RuleOrder, DiagnosticSeverity.Warning, " use_backend %[path] if TRUE\n http-request set-header X y", " http-request set-header X y\n use_backend %[path] if TRUE")]
    [InlineData(DiagnosticIds.NeverMatches, DiagnosticSeverity.Warning, " acl a src 192.0.2.1\n http-request deny if a !a", " acl a src 192.0.2.1\n http-request deny if a or !a")]
    [InlineData(DiagnosticIds.NeverMatches, DiagnosticSeverity.Warning, " http-request deny if FALSE", " http-request deny if TRUE")]
    [InlineData(DiagnosticIds.IncompatibleAcl, DiagnosticSeverity.Warning, " http-request deny if { res.hdr(a) -m found }", " http-response deny if { res.hdr(a) -m found }")]
    [InlineData(DiagnosticIds.IncompatibleAcl, DiagnosticSeverity.Warning, " acl a status 500\n http-request deny if a", " acl a status 500\n http-response deny if a")]
    [InlineData(DiagnosticIds.StatsWithoutAuth, DiagnosticSeverity.Warning, Stats, Stats + " stats auth a:b")]
    [InlineData(DiagnosticIds.StatsOnAllAddresses, DiagnosticSeverity.Info, Stats + " bind :8403", Stats)]
    [InlineData(DiagnosticIds.OpenAdminSocket, DiagnosticSeverity.Warning, "global\n stats socket /tmp/hk-none.sock mode 666 level admin", "global\n stats socket /tmp/hk-none.sock mode 660 level admin")]
    [InlineData(DiagnosticIds.OpenAdminSocket, DiagnosticSeverity.Warning, "global\n stats socket 192.0.2.1:9999 level admin", "global\n stats socket 127.0.0.1:9999 level admin")]
    [InlineData(DiagnosticIds.VerifyNone, DiagnosticSeverity.Info, " server s2 192.0.2.2:443 ssl verify none", " server s2 192.0.2.2:443")]
    [InlineData(DiagnosticIds.PlainPassword, DiagnosticSeverity.Warning, "userlist u\n user a insecure-password b", "userlist u\n user a password $5$x$y")]
    [InlineData(DiagnosticIds.PlainPassword, DiagnosticSeverity.Info, Stats + " stats auth a:b", Stats + " stats http-request deny unless LOCALHOST")]
    [InlineData(DiagnosticIds.UnreachableRule, DiagnosticSeverity.Warning, " http-request deny\n http-request set-header X y", " http-request deny if TRUE\n http-request set-header X y")]
    [InlineData(DiagnosticIds.InvalidTime, DiagnosticSeverity.Warning, " timeout tunnel 1hour", " timeout tunnel 1h")]
    [InlineData(DiagnosticIds.InvalidNumber, DiagnosticSeverity.Warning, " server s2 192.0.2.2:80 weight 12x", " server s2 192.0.2.2:80 weight 12")]
    public void Analyze_finds_what_HAProxy_accepts_and_nobody_means(string id, DiagnosticSeverity severity, string found, string notFound) =>
        RuleExample.IsFound(id, severity, found, notFound);

    [Theory]
    [InlineData("frontend f\n bind 127.0.0.1:8099", "timeout client")]
    [InlineData("backend b\n server s 192.0.2.1:80\n timeout server 5s", "timeout connect")]
    [InlineData("defaults\n timeout client 5s\nlisten b\n bind 127.0.0.1:8099\n server s 192.0.2.1:80\n timeout connect 5s", "timeout server")]
    public void Analyze_misses_the_timeouts_that_HAProxy_misses(string text, string timeout)
    {
        var found = Assert.Single(RuleExample.Analyze(text + "\n"), d => d.Id == DiagnosticIds.MissingTimeout);
        Assert.Contains(timeout, found.Message, StringComparison.Ordinal);
        using var folder = new TemporaryFolder();
        foreach (var (_, program) in HaproxyPrograms.Available())
        {
            var (_, messages) = HaproxyCheck.Run(program, ["-f", folder.Write("f.cfg", text + "\n")], new Dictionary<string, string>(StringComparer.Ordinal));
            Assert.Contains("missing timeouts", messages.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Analyze_leaves_out_what_is_not_asked_for()
    {
        var document = ConfigDocument.Parse(RuleExample.Proxy + " acl a src 192.0.2.1\n http-request deny if FALSE\n");
        var options = new AnalysisOptions { Version = HaproxyVersion.V3_2 };
        Assert.Equal(
            [DiagnosticIds.UnusedAcl, DiagnosticIds.NeverMatches],
            ConfigAnalyzer.Analyze(document, options).Select(d => d.Id));
        Assert.Equal(
            [DiagnosticIds.NeverMatches],
            ConfigAnalyzer.Analyze(document, options with { MinimumSeverity = DiagnosticSeverity.Warning }).Select(d => d.Id));
        Assert.Equal(
            [DiagnosticIds.UnusedAcl],
            ConfigAnalyzer.Analyze(document, options with { Ignored = [DiagnosticIds.NeverMatches] }).Select(d => d.Id));
    }
}
