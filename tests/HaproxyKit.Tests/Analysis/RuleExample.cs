using HaproxyKit.Analysis;
using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;
using HaproxyKit.Tests.Support;

namespace HaproxyKit.Tests.Analysis;

/// <summary>Examples of what a rule finds and of what it does not, held against the real HAProxy.</summary>
internal static class RuleExample
{
    /// <summary>What stands around the lines of most examples; nothing in it is found fault with.</summary>
    internal const string Proxy = "defaults\n timeout connect 5s\n timeout client 5s\n timeout server 5s\nlisten web\n mode http\n bind 127.0.0.1:8099\n server s1 192.0.2.1:80\n";

    internal static IReadOnlyList<Diagnostic> Analyze(string text, HaproxyVersion? version = null) =>
        ConfigAnalyzer.Analyze(ConfigDocument.Parse(Latin1.Bytes(text), "f.cfg"), version ?? HaproxyVersion.V3_2);

    /// <summary>An error that every HAProxy at hand makes of one text, and none of the other.</summary>
    internal static void IsRefused(string id, string refused, string accepted)
    {
        var bad = Normal(refused);
        var good = Normal(accepted);
        foreach (var (branch, program) in HaproxyPrograms.Available())
        {
            Assert.True(HaproxyVersion.TryParse(branch, out var version));
            var found = Analyze(bad, version);
            Assert.True(found.Any(d => d.Id == id && d.Severity == DiagnosticSeverity.Error), $"{branch}: no {id} but {Shown(found)}");
            Assert.True(HaproxyJudge.Judge(program, Latin1.Bytes(bad)).HasError, $"{branch} accepts\n{bad}");
            found = Analyze(good, version);
            Assert.True(found.All(d => d.Severity != DiagnosticSeverity.Error && d.Id != id), $"{branch}: {Shown(found)}");
            var verdict = HaproxyJudge.Judge(program, Latin1.Bytes(good));
            Assert.False(verdict.HasError, $"{branch} refuses\n{good}{string.Join('\n', verdict.Alerts)}");
        }
    }

    /// <summary>Something less than an error that is found in one text and not in the other; HAProxy accepts both.</summary>
    internal static void IsFound(string id, DiagnosticSeverity severity, string found, string notFound)
    {
        var bad = Normal(found);
        var good = Normal(notFound);
        foreach (var (branch, program) in HaproxyPrograms.Available())
        {
            Assert.True(HaproxyVersion.TryParse(branch, out var version));
            Assert.True(Analyze(bad, version).Any(d => d.Id == id && d.Severity == severity), $"{branch}: no {id} but {Shown(Analyze(bad, version))}");
            Assert.DoesNotContain(Analyze(good, version), d => d.Id == id || d.Severity == DiagnosticSeverity.Error);
            Assert.False(HaproxyJudge.Judge(program, Latin1.Bytes(bad)).HasError, $"{branch} refuses\n{bad}");
            Assert.False(HaproxyJudge.Judge(program, Latin1.Bytes(good)).HasError, $"{branch} refuses\n{good}");
        }
    }

    /// <summary>A text that begins with a blank is put into a proxy.</summary>
    private static string Normal(string text) => (text.StartsWith(' ') ? Proxy + text : text) + "\n";

    private static string Shown(IReadOnlyList<Diagnostic> found) => string.Join('\n', found.Select(d => d.Render()));
}
