using System.Globalization;
using System.Text;

namespace HaproxyKit.Tool.Formatting;

/// <summary>The difference that formatting makes, in the form of <c>diff -u</c>.</summary>
internal static class UnifiedDiff
{
    private const int ContextLines = 3;

    /// <summary>The lines of the difference; none when nothing is changed.</summary>
    internal static IEnumerable<string> Of(string path, IReadOnlyList<FormattedLine> lines)
    {
        var changed = Enumerable.Range(0, lines.Count).Where(i => lines[i].IsChanged).ToList();
        if (changed.Count == 0)
        {
            yield break;
        }

        yield return $"--- {path}";
        yield return $"+++ {path}";
        var (at, newLine) = (0, 1);
        for (var i = 0; i < changed.Count;)
        {
            var from = Math.Max(at, changed[i] - ContextLines);
            while (i + 1 < changed.Count && changed[i + 1] - changed[i] <= 2 * ContextLines)
            {
                i++;
            }

            var to = Math.Min(lines.Count, changed[i++] + ContextLines + 1);
            newLine += Enumerable.Range(at, from - at).Count(line => lines[line].After is not null);
            foreach (var line in Hunk(lines, from, to, newLine))
            {
                yield return line;
            }

            newLine += Enumerable.Range(from, to - from).Count(line => lines[line].After is not null);
            at = to;
        }
    }

    private static IEnumerable<string> Hunk(IReadOnlyList<FormattedLine> lines, int from, int to, int newLine)
    {
        var kept = Enumerable.Range(from, to - from).Count(line => lines[line].After is not null);
        var firstKept = kept == 0 ? newLine - 1 : newLine;
        yield return string.Create(
            CultureInfo.InvariantCulture, $"@@ -{from + 1},{to - from} +{firstKept},{kept} @@");
        for (var i = from; i < to;)
        {
            if (!lines[i].IsChanged)
            {
                yield return " " + Show(lines[i++].Before.Span);
                continue;
            }

            var end = i;
            while (end < to && lines[end].IsChanged)
            {
                end++;
            }

            for (var j = i; j < end; j++)
            {
                yield return "-" + Show(lines[j].Before.Span);
            }

            for (; i < end; i++)
            {
                if (lines[i].After is { } after)
                {
                    yield return "+" + Show(after);
                }
            }
        }
    }

    private static string Show(ReadOnlySpan<byte> line) => Encoding.UTF8.GetString(line.TrimEnd((byte)'\n'));
}
