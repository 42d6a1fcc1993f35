using HaproxyKit.Diagnostics;

namespace HaproxyKit.Control.Checking;

/// <summary>The lines of the files that HAProxy read, for the messages that name them.</summary>
/// <param name="read">
/// Gives the bytes of a file by the name that HAProxy shows, or null where they are not at hand.
/// </param>
internal sealed class SourceLines(Func<string, ReadOnlyMemory<byte>?> read)
{
    private readonly Dictionary<string, (ReadOnlyMemory<byte> Content, List<int> Starts)?> known =
        new(StringComparer.Ordinal);

    internal static DiagnosticLocation Locate(SourceLines? sources, string file, int line, int column)
    {
        if (sources?.Find(file) is not var (content, starts) || line < 1 || line > starts.Count)
        {
            return new DiagnosticLocation { File = file, Line = line, Column = column };
        }

        var start = starts[line - 1];
        var end = line < starts.Count ? starts[line] : content.Length;
        var text = content[start..end];
        var length = text.Span.TrimEnd("\r\n"u8).Length;
        return new DiagnosticLocation
        {
            File = file,
            Line = line,
            Column = column,
            Span = column > 0
                ? new TextSpan(Math.Min(start + column - 1, content.Length), 0)
                : new TextSpan(start, length),
            LineText = text[..length],
        };
    }

    private (ReadOnlyMemory<byte> Content, List<int> Starts)? Find(string file)
    {
        if (!known.TryGetValue(file, out var found))
        {
            found = read(file) is { } content ? (content, StartsOf(content.Span)) : null;
            known.Add(file, found);
        }

        return found;
    }

    private static List<int> StartsOf(ReadOnlySpan<byte> content)
    {
        var starts = new List<int> { 0 };
        for (var at = 0; content[at..].IndexOf((byte)'\n') is >= 0 and var length;)
        {
            at += length + 1;
            starts.Add(at);
        }

        return starts;
    }
}
