using HaproxyKit.Syntax;

namespace HaproxyKit.Analysis;

/// <summary>Reads the words of line after line into the same memory.</summary>
internal sealed class LineWordsReader
{
    private readonly WordSlot[] _slots = new WordSlot[LexicalRules.MaxWords];
    private byte[] _decoded = new byte[512];

    /// <summary>The words of a line; they are valid until the next line is read.</summary>
    /// <param name="line">The line, with or without its line ending.</param>
    /// <param name="tooMany">Whether there are more than HAProxy takes.</param>
    internal LineWords Read(ReadOnlySpan<byte> line, out bool tooMany)
    {
        tooMany = false;
        var (count, used) = (0, 0);
        var words = new WordEnumerator(line);
        while (words.MoveNext())
        {
            if (count == _slots.Length)
            {
                tooMany = true;
                break;
            }

            var word = words.Current;
            if (word.IsPlain)
            {
                _slots[count++] = new WordSlot(word.Start, word.Raw.Length, word.Start, word.Raw.Length, word.Traits);
                continue;
            }

            if (_decoded.Length - used < word.Raw.Length)
            {
                Array.Resize(ref _decoded, Math.Max(2 * _decoded.Length, used + word.Raw.Length));
            }

            var length = word.Decode(_decoded.AsSpan(used));
            _slots[count++] = new WordSlot(word.Start, word.Raw.Length, used, length, word.Traits);
            used += length;
        }

        return new LineWords(line, _decoded, _slots.AsSpan(0, count));
    }
}
