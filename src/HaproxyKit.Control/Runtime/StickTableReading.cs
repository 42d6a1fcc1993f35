using System.Globalization;
using System.Text.RegularExpressions;

namespace HaproxyKit.Control.Runtime;

/// <summary>Reads what <c>show table</c> answers.</summary>
internal static partial class StickTableReading
{
    /// <returns>The tables, or null where the answer is not such a list.</returns>
    internal static IReadOnlyList<StickTable>? ParseTables(string answer)
    {
        var tables = new List<StickTable>();
        foreach (var line in answer.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (ParseHeader(line) is not { } table)
            {
                return null;
            }

            tables.Add(table);
        }

        return tables;
    }

    /// <returns>The entries of one table, or null where the answer is not such a list.</returns>
    internal static IReadOnlyList<StickTableEntry>? ParseEntries(string answer)
    {
        var lines = answer.Split('\n');
        if (ParseHeader(lines[0]) is null)
        {
            return null;
        }

        var entries = new List<StickTableEntry>(lines.Length - 1);
        foreach (var line in lines.AsSpan(1))
        {
            var match = Entry().Match(line);
            if (!match.Success)
            {
                return null;
            }

            entries.Add(new StickTableEntry(
                match.Groups["key"].Value,
                int.Parse(match.Groups["use"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture),
                TimeSpan.FromMilliseconds(long.Parse(match.Groups["exp"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)),
                Data(match.Groups["data"].Value)));
        }

        return entries;
    }

    private static StickTable? ParseHeader(string line)
    {
        var match = Header().Match(line);
        return match.Success
            ? new StickTable(match.Groups["name"].Value, match.Groups["type"].Value, Number(match.Groups["size"]), Number(match.Groups["used"]))
            : null;
    }

    private static Dictionary<string, long> Data(string text)
    {
        var data = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = word.LastIndexOf('=');
            if (equals > 0 && long.TryParse(word.AsSpan(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                data[word[..equals]] = number;
            }
        }

        return data;
    }

    private static long Number(Group group) => long.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^# table: (?<name>.+), type: (?<type>\w+), size:(?<size>\d{1,18}), used:(?<used>\d{1,18})$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Header();

    [GeneratedRegex(
        @"^0x[0-9a-f]+: key=(?<key>.*) use=(?<use>\d{1,9}) exp=(?<exp>\d{1,15})(?<data>( .*)?)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Entry();
}
