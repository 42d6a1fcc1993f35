using System.Text;

namespace HaproxyKit.Control.Runtime;

/// <summary>
/// Reads the answer of <c>show stat</c>: comma-separated values, quoted where they hold a comma or a quote. A row is a part of the answer's text,
/// of which a value is looked up when it is asked for: of a hundred columns few are.
/// </summary>
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
            var (length, count) = RowAt(answer.AsSpan(at));
            var row = answer.AsMemory(at, length);
            at += length + 1;
            if (columns is null)
            {
                columns = Columns(row.Span, count);
            }
            else if (count < columns.Count)
            {
                return null;
            }
            else
            {
                rows.Add(new StatRow(columns, row));
            }
        }

        return rows;
    }

    /// <summary>The value in a column of a row as it is written, with its quotes; empty beyond the last column.</summary>
    internal static ReadOnlySpan<char> ValueAt(ReadOnlySpan<char> row, int column)
    {
        for (; column > 0; column--)
        {
            var length = ValueLength(row);
            if (length == row.Length)
            {
                return [];
            }

            row = row[(length + 1)..];
        }

        return row[..ValueLength(row)];
    }

    /// <summary>What a value says.</summary>
    internal static string Text(ReadOnlySpan<char> value)
    {
        if (value is not ['"', ..])
        {
            return value.ToString();
        }

        var text = new StringBuilder();
        for (var i = 1; i < value.Length && (value[i] != '"' || ++i < value.Length); i++)
        {
            text.Append(value[i]);
        }

        return text.ToString();
    }

    private static Dictionary<string, int> Columns(ReadOnlySpan<char> header, int count)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            if (Text(ValueAt(header, i)) is { Length: > 0 } name)
            {
                columns.TryAdd(name, i);
            }
        }

        return columns;
    }

    /// <summary>How long the first row of a text is, without the end of its line, and how many values it has.</summary>
    private static (int Length, int Count) RowAt(ReadOnlySpan<char> text)
    {
        var (at, count) = (0, 1);
        while ((at += ValueLength(text[at..])) < text.Length && text[at] != '\n')
        {
            at++;
            count++;
        }

        return (at, count);
    }

    /// <summary>How long the first value of a text is, as written.</summary>
    private static int ValueLength(ReadOnlySpan<char> text)
    {
        var quoted = text is ['"', ..] ? QuotedLength(text) : 0;
        var end = text[quoted..].IndexOfAny(',', '\n');
        return end < 0 ? text.Length : quoted + end;
    }

    /// <summary>Where a quoted value ends: two quotes are one of its characters.</summary>
    private static int QuotedLength(ReadOnlySpan<char> text)
    {
        for (var at = 1; at < text.Length; at++)
        {
            if (text[at] == '"' && (++at == text.Length || text[at] != '"'))
            {
                return at;
            }
        }

        return text.Length;
    }
}
