using System.Globalization;
using System.Text.RegularExpressions;

namespace HaproxyKit.Control.Runtime;

/// <summary>Reads what <c>show map</c>, <c>show acl</c> and <c>prepare</c> answer.</summary>
internal static partial class PatternTable
{
    private const string Header = "# id (file) description";
    private const string Created = "New version created: ";

    /// <returns>The files, or null where the answer is not such a list.</returns>
    internal static IReadOnlyList<PatternFile>? ParseFiles(string answer)
    {
        if (answer.Length == 0)
        {
            return [];
        }

        var lines = answer.Split('\n');
        if (!string.Equals(lines[0], Header, StringComparison.Ordinal))
        {
            return null;
        }

        var files = new List<PatternFile>(lines.Length - 1);
        foreach (var line in lines.AsSpan(1))
        {
            var match = FileLine().Match(line);
            if (!match.Success)
            {
                return null;
            }

            files.Add(new PatternFile(
                int.Parse(match.Groups["id"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture),
                match.Groups["path"].Value,
                match.Groups["description"].Value,
                Number(match.Groups["current"]),
                Number(match.Groups["next"]),
                Number(match.Groups["count"])));
        }

        return files;
    }

    /// <returns>The entries, or null where the answer is not such a list.</returns>
    internal static IReadOnlyList<PatternEntry>? ParseEntries(string answer, PatternKind kind)
    {
        if (answer.Length == 0)
        {
            return [];
        }

        var lines = answer.Split('\n');
        var entries = new List<PatternEntry>(lines.Length);
        foreach (var line in lines)
        {
            var first = line.IndexOf(' ', StringComparison.Ordinal);
            if (first < 0 || !line.StartsWith("0x", StringComparison.Ordinal))
            {
                return null;
            }

            var second = kind == PatternKind.Acl ? -1 : line.IndexOf(' ', first + 1);
            entries.Add(second < 0
                ? new PatternEntry(line[..first], line[(first + 1)..], "")
                : new PatternEntry(line[..first], line[(first + 1)..second], line[(second + 1)..]));
        }

        return entries;
    }

    internal static PatternVersion ParseVersion(string answer) =>
        answer.StartsWith(Created, StringComparison.Ordinal)
        && long.TryParse(answer.AsSpan(Created.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? new PatternVersion(new RuntimeChange(RuntimeOutcome.Changed, answer), version)
            : new PatternVersion(new RuntimeChange(SilentAnswer.OutcomeOfRefusal(answer), answer), null);

    private static long? Number(Group group) =>
        group.Success && long.TryParse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(
        @"^(?<id>\d{1,9}) \((?<path>.*?)\) (?<description>.*?)(?: curr_ver=(?<current>\d+) next_ver=(?<next>\d+) entry_cnt=(?<count>\d+))?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FileLine();
}
