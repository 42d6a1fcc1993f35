using HaproxyKit.Analysis;
using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Tests.Analysis;

/// <summary>Files that nobody writes, and that would take a careless analysis for ever, or its stack.</summary>
public sealed class AnalysisWorkTests
{
    private const int Count = 30_000;

    /// <summary>Far more than any of the files takes, and far less than with work that grows with the square.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(12);

    public static TheoryData<string, string> Texts => new()
    {
        { "undefined ACLs", "frontend f\n" + Lines(i => $" acl a{i} src 192.0.2.1\n") + Lines(i => $" http-request deny if b{i}\n") },
        { "unknown keywords", "backend b\n" + Lines(i => $" balanse{i} x\n") },
        { "unknown words", "backend b\n" + Lines(i => $" server s{i} 192.0.2.1:80 chek{i}\n") },
        { "one name in every branch", ".if defined(X)\n" + Lines(i => $".elif defined(A{i})\nbackend b\n") + ".endif\n" },
        { "deep branches", Lines(i => $".if defined(A{i})\nbackend b\n") + Lines(_ => ".endif\n") },
        { "a chain of defaults", "defaults d0\n" + Lines(i => $"defaults d{i + 1} from d{i}\nbackend b{i} from d{i + 1}\n") },
    };

    [Theory]
    [MemberData(nameof(Texts), DisableDiscoveryEnumeration = true)]
    public async Task Analyze_ends_soon(string what, string text)
    {
        var token = TestContext.Current.CancellationToken;
        var analysis = Task.Run(() => ConfigAnalyzer.Analyze(ConfigDocument.Parse(text), HaproxyVersion.V3_2), token);
        Assert.True(await Task.WhenAny(analysis, Task.Delay(Limit, token)) == analysis, what);
    }

    [Fact]
    public void Analyze_tells_conditions_of_two_files_apart()
    {
        var first = ConfigDocument.Parse(".if defined(A)\nbackend b\n.endif\n", "1.cfg");
        var second = ConfigDocument.Parse(".if defined(B)\n.else\nbackend b\n.endif\n", "2.cfg");
        Assert.Contains(
            ConfigAnalyzer.Analyze([first, second], new AnalysisOptions { Version = HaproxyVersion.V3_2 }),
            d => d.Id == DiagnosticIds.DuplicateName && d.Location!.File == "2.cfg");
    }

    private static string Lines(Func<int, string> line) => string.Concat(Enumerable.Range(0, Count).Select(line));
}
