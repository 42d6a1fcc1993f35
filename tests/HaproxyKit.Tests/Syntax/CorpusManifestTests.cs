using HaproxyKit.Testing;
using HaproxyKit.Tests.Support;

namespace HaproxyKit.Tests.Syntax;

/// <summary>What <c>Corpus/MANIFEST.tsv</c> says of a file is what the real HAProxy says of it.</summary>
public sealed class CorpusManifestTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "HaproxyKit.Tests", "Corpus");

    private static readonly string[][] Rows =
        [.. File.ReadLines(Path.Combine(Folder, "MANIFEST.tsv")).Select(line => line.Split('\t'))];

    public static TheoryData<string> Branches { get; } = [.. HaproxyPrograms.Branches];

    [Fact]
    public void Manifest_has_every_file() =>
        Assert.Equal(
            Directory.EnumerateFiles(Folder, "*.cfg").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal),
            Rows.Skip(1).Select(row => row[0]).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Branches))]
    public void Verdicts_are_those_of_HAProxy(string branch)
    {
        var program = HaproxyPrograms.Of(branch);
        var column = Array.IndexOf(Rows[0], branch);
        Assert.All(Rows.Skip(1), row => Assert.Equal((row[0], row[column]), (row[0], VerdictOf(program, row[0]))));
    }

    private static string VerdictOf(string program, string file)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = "/usr/bin:/bin" };
        var (output, messages) = HaproxyCheck.Run(program, ["-f", Path.Combine(Folder, file)], environment);
        return messages switch
        {
            { HasAlert: true } => "refused",
            _ when output.AsSpan().IndexOf("no listener"u8) >= 0 => "no-listener",
            { Text: var text } when text.Contains("[WARNING]", StringComparison.Ordinal) => "warned",
            _ => "accepted",
        };
    }
}
