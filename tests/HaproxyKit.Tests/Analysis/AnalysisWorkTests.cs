using System.Diagnostics;
using HaproxyKit.Analysis;
using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Tests.Analysis;

/// <summary>Files that nobody writes, and that would take a careless analysis for ever, or its stack.</summary>
public sealed class AnalysisWorkTests
{
    private const int Small = 4_000;

    // Linear work gives 4, quadratic work 16. The rest is for a machine that does other things too.
    private const double MostTimes = 9;
    private const int Attempts = 5;

    private static readonly Dictionary<string, Func<int, string>> Texts = new(StringComparer.Ordinal)
    {
        ["undefined ACLs"] = n => "frontend f\n" + Lines(n, i => $" acl a{i} src 192.0.2.1\n") + Lines(n, i => $" http-request deny if b{i}\n"),
        ["unknown keywords"] = n => "backend b\n" + Lines(n, i => $" balanse{i} x\n"),
        ["unknown words"] = n => "backend b\n" + Lines(n, i => $" server s{i} 192.0.2.1:80 chek{i}\n"),
        ["one name in every branch"] = n => ".if defined(X)\n" + Lines(n, i => $".elif defined(A{i})\nbackend b\n") + ".endif\n",
        ["deep branches"] = n => Lines(n, i => $".if defined(A{i})\nbackend b\n") + Lines(n, _ => ".endif\n"),
        ["a chain of defaults"] = n => "defaults d0\n" + Lines(n, i => $"defaults d{i + 1} from d{i}\nbackend b{i} from d{i + 1}\n"),
    };

    public static TheoryData<string> Names => [.. Texts.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Analyze_takes_time_in_proportion_to_the_text(string name)
    {
        var small = ConfigDocument.Parse(Texts[name](Small));
        var large = ConfigDocument.Parse(Texts[name](4 * Small));
        _ = Time(small);
        var best = double.MaxValue;
        for (var attempt = 0; attempt < Attempts && best > MostTimes; attempt++)
        {
            best = Math.Min(best, Time(large) / Time(small));
        }

        Assert.True(best <= MostTimes, $"4 times the text takes {best:F1} times the time");
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

    private static double Time(ConfigDocument document)
    {
        var start = Stopwatch.GetTimestamp();
        _ = ConfigAnalyzer.Analyze(document, HaproxyVersion.V3_2);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static string Lines(int count, Func<int, string> line) => string.Concat(Enumerable.Range(0, count).Select(line));
}
