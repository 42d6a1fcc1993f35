using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Analysis;

/// <summary>The words of one line, decoded, without an allocation for the line.</summary>
internal readonly ref struct LineWords
{
    private readonly ReadOnlySpan<byte> _line;
    private readonly ReadOnlySpan<byte> _decoded;
    private readonly ReadOnlySpan<WordSlot> _slots;

    internal LineWords(ReadOnlySpan<byte> line, ReadOnlySpan<byte> decoded, ReadOnlySpan<WordSlot> slots)
    {
        _line = line;
        _decoded = decoded;
        _slots = slots;
    }

    /// <summary>How many words there are, 64 at most.</summary>
    internal int Count => _slots.Length;

    /// <summary>The value of a word; empty where there is none.</summary>
    internal ReadOnlySpan<byte> this[int index]
    {
        get
        {
            if ((uint)index >= (uint)_slots.Length)
            {
                return default;
            }

            ref readonly var slot = ref _slots[index];
            return ((slot.Traits & ~WordTraits.Faulty) == 0 ? _line : _decoded).Slice(slot.ValueStart, slot.ValueLength);
        }
    }

    /// <summary>The place of a word in its line; behind the last word where there is none.</summary>
    internal TextSpan SpanOf(int index)
    {
        if ((uint)index < (uint)_slots.Length)
        {
            return new TextSpan(_slots[index].Start, _slots[index].Length);
        }

        return _slots.IsEmpty ? default : new TextSpan(_slots[^1].Start + _slots[^1].Length, 0);
    }

    /// <summary>Whether a word's value depends on the environment.</summary>
    internal bool HasVariables(int index) =>
        (uint)index < (uint)_slots.Length && (_slots[index].Traits & WordTraits.Variable) != 0;

    /// <summary>Whether a word has a fault for which HAProxy refuses the line before it looks at its keyword.</summary>
    internal bool IsFaulty
    {
        get
        {
            foreach (ref readonly var slot in _slots)
            {
                if ((slot.Traits & WordTraits.Faulty) != 0)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Whether a word is plain, so that its value's place in the line is known byte by byte.</summary>
    internal bool IsPlain(int index) =>
        (uint)index < (uint)_slots.Length && (_slots[index].Traits & ~WordTraits.Faulty) == 0;
}
