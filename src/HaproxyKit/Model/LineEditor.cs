using System.Text;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>Changes one word or the comment of a line and keeps every other byte of it.</summary>
internal static class LineEditor
{
    internal static TextSpan[] WordSpans(ReadOnlySpan<byte> line)
    {
        var spans = new List<TextSpan>();
        foreach (var word in new WordEnumerator(line))
        {
            spans.Add(word.Span);
        }

        return [.. spans];
    }

    internal static byte[] ReplaceWord(ReadOnlySpan<byte> line, int word, ReadOnlySpan<byte> raw)
    {
        var span = SoundSpans(line)[word];
        return [.. line[..span.Start], .. raw, .. line[span.End..]];
    }

    /// <summary>Puts words in front of the word at an index, or behind the last one.</summary>
    internal static byte[] InsertWords(ReadOnlySpan<byte> line, int at, params ReadOnlySpan<byte[]> raw)
    {
        var spans = SoundSpans(line);
        if (spans.Length + raw.Length > LexicalRules.MaxWords)
        {
            throw new InvalidOperationException($"The line would have {spans.Length + raw.Length} words; HAProxy reads no more than {LexicalRules.MaxWords}.");
        }

        var place = at < spans.Length ? spans[at].Start : spans[^1].End;
        var text = new List<byte>();
        foreach (var word in raw)
        {
            text.AddRange(at < spans.Length ? [.. word, (byte)' '] : [(byte)' ', .. word]);
        }

        return [.. line[..place], .. text, .. line[place..]];
    }

    /// <summary>Takes words out, each with the blanks before it.</summary>
    internal static byte[] RemoveWords(ReadOnlySpan<byte> line, int first, int count)
    {
        var spans = SoundSpans(line);
        var from = first > 0 ? spans[first - 1].End : spans[first].Start;
        var to = first > 0 ? spans[first + count - 1].End : spans[first + count].Start;
        return [.. line[..from], .. line[to..]];
    }

    internal static string? CommentOf(ReadOnlySpan<byte> line) =>
        CommentSpan(line) is { } span ? Encoding.UTF8.GetString(line.Slice(span.Start + 1, span.Length - 1).Trim(" \t"u8)) : null;

    internal static byte[] WithComment(ReadOnlySpan<byte> line, string? comment)
    {
        var spans = SoundSpans(line);
        var contentEnd = new ConfigLine(line.ToArray()).Content.Length;
        var ending = line[contentEnd..];
        var old = CommentSpan(line);
        if (comment is null)
        {
            return old is null ? line.ToArray() : [.. line[..spans[^1].End], .. ending];
        }

        var text = CommentBytes(comment);
        var blanks = old is null ? " "u8 : line[spans[^1].End..old.Value.Start];
        return [.. line[..spans[^1].End], .. blanks, .. text, .. ending];
    }

    /// <summary>A comment from its number sign on.</summary>
    internal static byte[] CommentBytes(string comment)
    {
        ArgumentNullException.ThrowIfNull(comment);
        if (comment.Any(char.IsControl))
        {
            throw new ArgumentException("A comment must not hold control characters or line endings.", nameof(comment));
        }

        return StrictUtf8.GetBytes(comment.Length == 0 ? "#" : $"# {comment}", nameof(comment));
    }

    private static TextSpan? CommentSpan(ReadOnlySpan<byte> line)
    {
        var scanner = new LineScanner(line);
        while (scanner.MoveNext())
        {
            if (scanner.Kind == LineTokenKind.Comment)
            {
                return scanner.Span;
            }
        }

        return null;
    }

    /// <summary>The words of a line that HAProxy can read: in a broken one no place is certain, and an edit could make it worse.</summary>
    private static TextSpan[] SoundSpans(ReadOnlySpan<byte> line)
    {
        foreach (var word in new WordEnumerator(line))
        {
            if ((word.Traits & WordTraits.Faulty) != 0)
            {
                throw new InvalidOperationException(
                    $"The line cannot be changed word by word, because HAProxy cannot read it: column {word.Start + 1}, {word.Traits & WordTraits.Faulty}. Replace or remove the whole line.");
            }
        }

        return WordSpans(line);
    }
}
