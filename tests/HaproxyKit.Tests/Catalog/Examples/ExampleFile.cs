using System.Globalization;
using HaproxyKit.Testing;

namespace HaproxyKit.Tests.Catalog.Examples;

/// <summary>Reads the tables of this folder.</summary>
internal static class ExampleFile
{
    /// <summary>All examples, in the order of the file.</summary>
    internal static IReadOnlyList<CatalogExample> Words { get; } =
    [
        .. Rows("words.tsv").Select(x => new CatalogExample(x[0], x[1], x[2], x[3], x[4] == "-" ? "http" : x[4], x[5], x[6], x[7])),
    ];

    /// <summary>Words without an example; the last column says why.</summary>
    internal static IReadOnlyList<(string Rule, string Word, string Since, string Before, string Why)> Excuses { get; } =
        [.. Rows("excuses.tsv").Select(x => (x[0], x[1], x[2], x[3], x[4]))];

    internal static bool IsIn(string branch, string since, string before) =>
        (since == "-" || Number(branch) >= Number(since)) && (before == "-" || Number(branch) < Number(before));

    private static decimal Number(string branch) => decimal.Parse(branch, CultureInfo.InvariantCulture);

    private static IEnumerable<string[]> Rows(string name) =>
        File.ReadLines(Path.Combine(Repository.Root, "tests", "HaproxyKit.Tests", "Catalog", "Examples", name))
            .Skip(1)
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t'));
}
