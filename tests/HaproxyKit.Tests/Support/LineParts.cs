using HaproxyKit.Syntax;

namespace HaproxyKit.Tests.Support;

/// <summary>The parts of a line as text that a table of examples can hold.</summary>
internal static class LineParts
{
    internal static string Raw(ConfigLine line)
    {
        var words = new List<byte[]>();
        foreach (var word in line.Words)
        {
            words.Add(word.Raw.ToArray());
        }

        return Latin1.Join(words);
    }

    internal static string Decoded(ConfigLine line)
    {
        var words = new List<byte[]>();
        foreach (var word in line.Words)
        {
            words.Add(word.ToBytes());
        }

        return Latin1.Join(words);
    }

    /// <summary>Each piece as the first letter of its kind and its text: <c>W(bind) B( ) W(:80) L(\n)</c>.</summary>
    internal static string Pieces(ReadOnlySpan<byte> line)
    {
        var pieces = new List<string>();
        var scanner = new LineScanner(line);
        while (scanner.MoveNext())
        {
            pieces.Add($"{scanner.Kind.ToString()[0]}({Latin1.Text(line.Slice(scanner.Start, scanner.Length))})");
        }

        return string.Join(" ", pieces);
    }
}
