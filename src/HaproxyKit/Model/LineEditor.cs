using System.Text;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>Changes one word or the comment of a line and keeps every other byte of it.</summary>
internal static class LineEditor
{
    internal static byte[] ReplaceWord(ReadOnlySpan<byte> line, int word, ReadOnlySpan<byte> raw)
    {
        var spans = SoundSpans(line);
        byte[] changed = [.. line[..spans[word].Start], .. raw, .. line[spans[word].End..]];
        return RequireWords(changed, spans.Length);
    }

    /// <summary>Puts words in front of the word at an index, or behind the last one.</summary>
    internal static byte[] InsertWords(ReadOnlySpan<byte> line, int at, params ReadOnlySpan<byte[]> raw)
    {
        var spans = SoundSpans(line);
        RequireRoom(spans.Length + raw.Length);
        var text = new List<byte>();
        var isLast = at == spans.Length;
        var place = isLast ? spans[^1].End : spans[at].Start;
        foreach (var word in raw)
        {
            if (isLast)
            {
                text.Add(Separator(text.Count > 0 ? text.ToArray() : line[..place]));
                text.AddRange(word);
            }
            else
            {
                text.AddRange(word);
                text.Add(Separator(word));
            }
        }

        return RequireWords([.. line[..place], .. text, .. line[place..]], spans.Length + raw.Length);
    }

    /// <summary>
    /// Takes words out, each with the blanks before it; behind the first word of the line, with the blanks behind.
    /// </summary>
    internal static byte[] RemoveWords(ReadOnlySpan<byte> line, int first, int count)
    {
        var spans = SoundSpans(line);
        var from = first > 0 ? spans[first - 1].End : spans[first].Start;
        var to = first > 0 ? spans[first + count - 1].End : spans[first + count].Start;
        var before = line[..from];
        var behind = line[to..];

        // A backslash at the end of a word would take a blank or a number sign behind it for its own.
        var needsTab = first > 0 && before[^1] == (byte)'\\' && !behind.IsEmpty && behind[0] is (byte)' ' or (byte)'#';
        return RequireWords(needsTab ? [.. before, WordReader.Tab, .. behind] : [.. before, .. behind], spans.Length - count);
    }

    /// <summary>Replaces all words from one on by other words, and keeps the comment.</summary>
    internal static byte[] ReplaceWordsFrom(ReadOnlySpan<byte> line, int first, ReadOnlySpan<byte> words, int wordCount)
    {
        var spans = SoundSpans(line);
        RequireRoom(first + wordCount);
        var behind = line[spans[^1].End..];
        var isKept = first == spans.Length;
        var before = isKept ? line[..spans[^1].End] : line[..spans[first].Start];
        var needsTab = words[^1] == (byte)'\\' && !behind.IsEmpty && behind[0] is (byte)' ' or (byte)'#';
        byte[] separator = isKept ? [Separator(before)] : [];
        byte[] tab = needsTab ? [WordReader.Tab] : [];
        return RequireWords([.. before, .. separator, .. words, .. tab, .. behind], first + wordCount);
    }

    /// <summary>Words one after another, so that each stays what it is.</summary>
    internal static byte[] Join(IReadOnlyList<byte[]> raw)
    {
        RequireRoom(raw.Count);
        var text = new List<byte>();
        foreach (var word in raw)
        {
            if (text.Count > 0)
            {
                text.Add(Separator([text[^1]]));
            }

            text.AddRange(word);
        }

        return RequireWords([.. text], raw.Count);
    }

    /// <summary>The words of a line as written, from one on.</summary>
    internal static IEnumerable<byte[]> RawWordsFrom(ReadOnlySpan<byte> line, int first)
    {
        var words = new List<byte[]>();
        foreach (var span in SoundSpans(line).AsSpan(first))
        {
            words.Add(line.Slice(span.Start, span.Length).ToArray());
        }

        return words;
    }

    internal static string? CommentOf(ReadOnlySpan<byte> line) =>
        CommentSpan(line) is { } span ? Encoding.UTF8.GetString(line.Slice(span.Start + 1, span.Length - 1).Trim(" \t"u8)) : null;

    internal static byte[] WithComment(ReadOnlySpan<byte> line, string? comment)
    {
        var spans = SoundSpans(line);
        var words = line[..spans[^1].End];
        var contentEnd = LineScanner.ContentLength(line);
        var ending = line[contentEnd..];
        var old = CommentSpan(line);
        if (comment is null)
        {
            return old is null ? line.ToArray() : [.. words, .. ending];
        }

        if (old is null && line[words.Length..contentEnd].ContainsAnyExcept(" \t\v\f\r"u8))
        {
            throw new InvalidOperationException(
                "A carriage return hides a part of the line; a comment there would not be one. Replace or remove the whole line.");
        }

        ReadOnlySpan<byte> blanks = old is { } span ? line[words.Length..span.Start] : [Separator(words)];
        return RequireWords([.. words, .. blanks, .. CommentBytes(comment), .. ending], spans.Length);
    }

    /// <summary>A comment from its number sign on.</summary>
    internal static byte[] CommentBytes(string comment)
    {
        ArgumentNullException.ThrowIfNull(comment);
        if (comment.Any(c => char.IsControl(c) && c != '\t'))
        {
            throw new ArgumentException("A comment must not hold line endings or other control characters.", nameof(comment));
        }

        var text = comment.Trim(' ', '\t');
        return StrictUtf8.GetBytes(text.Length == 0 ? "#" : $"# {text}", nameof(comment));
    }

    /// <summary>
    /// Throws when HAProxy cannot read a line: then no place in it is certain, and an edit could make it worse.
    /// </summary>
    private static TextSpan[] SoundSpans(ReadOnlySpan<byte> line)
    {
        var spans = new List<TextSpan>();
        foreach (var word in new WordEnumerator(line))
        {
            if ((word.Traits & WordTraits.Faulty) != 0)
            {
                throw CannotRead(word.Start + 1, $"{word.Traits & WordTraits.Faulty}");
            }

            spans.Add(word.Span);
        }

        var nul = line.IndexOf(WordReader.Nul);
        return nul < 0 ? [.. spans] : throw CannotRead(nul + 1, "a NUL byte");
    }

    private static InvalidOperationException CannotRead(int column, string why) => new(
        $"The line cannot be changed word by word, because HAProxy cannot read it: column {column}, {why}. "
        + "Replace or remove the whole line.");

    private static void RequireRoom(int words)
    {
        if (words > LexicalRules.MaxWords)
        {
            throw new InvalidOperationException($"The line would have {words} words; HAProxy reads no more than {LexicalRules.MaxWords}.");
        }
    }

    /// <summary>The last line of defence: whatever is written, the line has the words that it should have.</summary>
    private static byte[] RequireWords(byte[] line, int count)
    {
        var words = SoundSpans(line).Length;
        return words == count
            ? line
            : throw new InvalidOperationException($"The line would have {words} words instead of {count}. Replace the whole line.");
    }

    /// <summary>Behind a lone backslash a space would be escaped; a tab never is.</summary>
    private static byte Separator(ReadOnlySpan<byte> before) =>
        before[^1] == (byte)'\\' ? WordReader.Tab : WordReader.Space;

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
}
