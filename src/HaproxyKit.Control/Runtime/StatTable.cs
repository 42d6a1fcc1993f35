using System.Text;

namespace HaproxyKit.Control.Runtime;

/// <summary>Reads the answer of <c>show stat</c>: comma-separated values, quoted where they hold a comma or a quote.</summary>
internal static class StatTable
{
    private const string HeaderStart = "# ";

    /// <returns>The rows, or null where the answer is not such a table.</returns>
    internal static IReadOnlyList<StatRow>? Parse(string answer)
    {
        if (!answer.StartsWith(HeaderStart + "pxname,svname,", StringComparison.Ordinal))
        {
            return null;
        }

        Dictionary<string, int>? columns = null;
        var rows = new List<StatRow>();
        for (var at = HeaderStart.Length; at < answer.Length;)
        {
            var values = Row(answer, ref at);
            if (columns is null)
            {
                columns = Columns(values);
            }
            else if (values.Count < columns.Count)
            {
                return null;
            }
            else
            {
                rows.Add(new StatRow(columns, [.. values]));
            }
        }

        return rows;
    }

    private static Dictionary<string, int> Columns(List<string> names)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i].Length > 0)
            {
                columns.TryAdd(names[i], i);
            }
        }

        return columns;
    }

    private static List<string> Row(string text, ref int at)
    {
        var values = new List<string>();
        while (true)
        {
            values.Add(at < text.Length && text[at] == '"' ? Quoted(text, ref at) : Plain(text, ref at));
            if (at >= text.Length || text[at++] == '\n')
            {
                return values;
            }
        }
    }

    private static string Plain(string text, ref int at)
    {
        var length = text.AsSpan(at).IndexOfAny(',', '\n');
        var value = length < 0 ? text[at..] : text.Substring(at, length);
        at += value.Length;
        return value;
    }

    private static string Quoted(string text, ref int at)
    {
        var value = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                at++;
                if (at >= text.Length || text[at] != '"')
                {
                    break;
                }
            }

            value.Append(text[at]);
        }

        return value.ToString();
    }
}
