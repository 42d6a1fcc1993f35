using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using HaproxyKit.Catalog;
using HaproxyKit.Catalog.Sources;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;
using HaproxyKit.Tests.Catalog.Examples;
using HaproxyKit.Tests.Support;

namespace HaproxyKit.Tests.Catalog;

/// <summary>Each word of rules, bind and server lines on the real HAProxy and in the catalog.</summary>
public sealed partial class CatalogExampleTests
{
    private const int ExamplesInOneRun = 40;

    private static readonly string Dumps = Path.Combine(Repository.Root, "src", "HaproxyKit", "Catalog", "Sources", "dumps");

    public static TheoryData<string> Branches => [.. HaproxyPrograms.Branches];

    [Theory]
    [MemberData(nameof(Branches))]
    public void Accepted_lines_are_accepted_by_HAProxy(string branch)
    {
        var program = HaproxyPrograms.Of(branch);
        using var config = new ExampleConfig(branch);
        var examples = Of(branch);
        var (path, lines) = config.Write(examples.Select(example => (example, example.Accepted)));
        var text = Check(program, path);
        var refused = RefusedLines(text);
        Assert.Equal([], examples.Where((_, i) => refused.Contains(lines[i])).Select(example => example.Accepted));
        Assert.False(text.Contains("[ALERT]", StringComparison.Ordinal), text);
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public void Refused_lines_are_refused_by_HAProxy(string branch)
    {
        var program = HaproxyPrograms.Of(branch);
        using var config = new ExampleConfig(branch);
        var accepted = new List<string>();

        // HAProxy gives up at the first rule of HTTP that it refuses; of other lines it tells up to fifty.
        var alone = Of(branch).Where(example => example.Rule.StartsWith("http-", StringComparison.Ordinal)).Select(example => new[] { example });
        var together = Of(branch).Where(example => !example.Rule.StartsWith("http-", StringComparison.Ordinal)).Chunk(ExamplesInOneRun);
        foreach (var examples in alone.Concat(together))
        {
            var (path, lines) = config.Write(examples.Select(example => (example, example.Refused)));
            var refused = RefusedLines(Check(program, path));
            accepted.AddRange(examples.Where((_, i) => !refused.Contains(lines[i])).Select(example => example.Refused));
        }

        Assert.Equal([], accepted);
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public void Lines_are_judged_by_the_catalog_as_by_HAProxy(string branch)
    {
        using var config = new ExampleConfig(branch);
        Assert.True(HaproxyVersion.TryParse(branch, out var version));
        var catalog = HaproxyCatalog.For(version);
        Assert.Equal([], Of(branch).Select(x => config.Fill(x.Accepted, 0)).Where(line => !Fits(catalog, line)));
        Assert.Equal([], Of(branch).Select(x => config.Fill(x.Refused, 0)).Where(line => Fits(catalog, line)));
    }

    [Fact]
    public void Words_that_HAProxy_lists_have_an_example()
    {
        foreach (var branch in HaproxyPrograms.Branches)
        {
            var known = Of(branch).Select(example => $"{example.Rule} {example.Word}").ToHashSet(StringComparer.Ordinal);
            var excused = ExampleFile.Excuses.Where(x => ExampleFile.IsIn(branch, x.Since, x.Before)).Select(x => $"{x.Rule} {x.Word}");
            var listed = KeywordDump.Read(Path.Combine(Dumps, branch + ".txt"))
                .Where(row => row.Class is "action" or "bind" or "server")
                .Select(row => row.Class == "action" ? row.Name : $"{row.Class} {row.Name}")
                .Where(name => !name.StartsWith("quic-initial", StringComparison.Ordinal))
                .ToList();
            Assert.NotEmpty(listed);
            Assert.Equal([], listed.Where(name => !known.Contains(name)).Except(excused));
        }
    }

    [Fact]
    public void Words_that_are_excused_have_no_example_and_say_why()
    {
        foreach (var (rule, word, since, before, why) in ExampleFile.Excuses)
        {
            Assert.NotEmpty(why);
            Assert.DoesNotContain(ExampleFile.Words, x => x.Rule == rule && x.Word == word
                && HaproxyPrograms.Branches.Any(branch => x.IsFor(branch) && ExampleFile.IsIn(branch, since, before)));
        }
    }

    private static List<CatalogExample> Of(string branch) => [.. ExampleFile.Words.Where(example => example.IsFor(branch))];

    private static bool Fits(HaproxyCatalog catalog, string line)
    {
        var found = catalog.FindDirective(SectionKind.Listen, Encoding.UTF8.GetBytes(line));
        var sink = new RecordingSink();
        return found.Status == LookupStatus.Found && SignatureMatcher.Match(found, ref sink) == MatchOutcome.Complete;
    }

    private static string Check(string program, string path) =>
        HaproxyCheck.Run(program, ["-f", path], new Dictionary<string, string>(StringComparer.Ordinal)).Messages.Text;

    private static HashSet<int> RefusedLines(string text) =>
        [.. Alert().Matches(text).Select(match => int.Parse(match.Groups["line"].Value, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"^\[ALERT\][^\n]*?\.cfg:(?<line>\d+)\]", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 10_000)]
    private static partial Regex Alert();
}
