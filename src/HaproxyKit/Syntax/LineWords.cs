using System.Runtime.CompilerServices;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Syntax;

/// <summary>The words of one line, decoded. Line after line is read into the same memory.</summary>
internal sealed class LineWords
{
    private readonly WordSlot[] _slots = new WordSlot[LexicalRules.MaxWords];
    private byte[] _buffer = [];
    private byte[] _decoded = new byte[512];
    private int _start;
    private int _length;
    private WordTraits _traits;

    /// <summary>A bit for each word, by its length and its ends.</summary>
    private ulong _marks;

    /// <summary>How many words there are, 64 at most.</summary>
    internal int Count { get; private set; }

    /// <summary>Whether there are more than HAProxy takes.</summary>
    internal bool HasTooMany { get; private set; }

    /// <summary>The line, with its line ending.</summary>
    internal ReadOnlySpan<byte> Line => new(_buffer, _start, _length);

    /// <summary>Whether a word has a fault for which HAProxy refuses the line before it looks at its keyword.</summary>
    internal bool IsFaulty => (_traits & WordTraits.Faulty) != 0;

    /// <summary>Whether a word is quoted and has no value.</summary>
    internal bool HasEmpty { get; private set; }

    /// <summary>The value of a word; empty where there is none.</summary>
    internal ReadOnlySpan<byte> this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)index >= (uint)Count)
            {
                return default;
            }

            ref readonly var slot = ref _slots[index];
            return new ReadOnlySpan<byte>(slot.IsPlain ? _buffer : _decoded, slot.ValueStart, slot.ValueLength);
        }
    }

    /// <summary>Reads the words of a line in place of those before.</summary>
    /// <param name="buffer">The bytes that the line stands in, which do not change while its words are asked for.</param>
    /// <param name="start">Where the line begins.</param>
    /// <param name="length">The length of the line, with or without its line ending.</param>
    internal void Read(byte[] buffer, int start, int length)
    {
        (_buffer, _start, _length) = (buffer, start, length);
        (Count, HasTooMany, HasEmpty, _traits, _marks) = (0, false, false, WordTraits.None, 0);
        var used = 0;
        var words = new LineScanner(Line);
        while (words.MoveToWord())
        {
            if (Count == _slots.Length)
            {
                HasTooMany = true;
                break;
            }

            _traits |= words.Traits;
            _slots[Count++] = Word.IsPlainWith(words.Traits)
                ? new WordSlot(words.Start, words.Length, start + words.Start, words.Length, words.Traits)
                : Decode(words.Word, ref used);
            _marks |= MarkOf(this[Count - 1]);
        }
    }

    /// <summary>Whether a word may be among the values; false is certain, and quickly told.</summary>
    internal bool MayHold(ReadOnlySpan<byte> word) => (_marks & MarkOf(word)) != 0;

    /// <summary>A word as it is written; none has a higher index.</summary>
    internal Word WordAt(int index)
    {
        ref readonly var slot = ref _slots[index];
        return new Word(new ReadOnlySpan<byte>(_buffer, _start + slot.Start, slot.Length), slot.Start, slot.Traits);
    }

    /// <summary>The place of a word in its line; behind the last word where there is none.</summary>
    internal TextSpan SpanOf(int index)
    {
        if ((uint)index < (uint)Count)
        {
            return new TextSpan(_slots[index].Start, _slots[index].Length);
        }

        return Count == 0 ? default : new TextSpan(_slots[Count - 1].Start + _slots[Count - 1].Length, 0);
    }

    /// <summary>Whether a word's value depends on the environment.</summary>
    internal bool HasVariables(int index) =>
        (uint)index < (uint)Count && (_slots[index].Traits & WordTraits.Variable) != 0;

    /// <summary>Whether a word is plain, so that its value's place in the line is known byte by byte.</summary>
    internal bool IsPlain(int index) => (uint)index < (uint)Count && _slots[index].IsPlain;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong MarkOf(ReadOnlySpan<byte> word) =>
        word.IsEmpty ? 0 : 1ul << ((word[0] + (7 * word[^1]) + (3 * word.Length)) & 63);

    private WordSlot Decode(Word word, ref int used)
    {
        if (_decoded.Length - used < word.Raw.Length)
        {
            Array.Resize(ref _decoded, Math.Max(2 * _decoded.Length, used + word.Raw.Length));
        }

        var start = used;
        var length = word.Decode(_decoded.AsSpan(start));
        used += length;
        HasEmpty |= length == 0;
        return new WordSlot(word.Start, word.Raw.Length, start, length, word.Traits);
    }
}
