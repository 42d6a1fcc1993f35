using System.Buffers;

namespace HaproxyKit.Syntax;

/// <summary>Collects the words that one word as written stands for: one, or with <c>[*]</c> any number.</summary>
internal struct ExpandingSink(VariableScope scope, List<byte[]> words, ArrayBufferWriter<byte> current) : IWordSink
{
    private static readonly SearchValues<byte> Spaces = SearchValues.Create(" \t\n\v\f\r"u8);

    private bool _isCut;

    public readonly void Literal(ReadOnlySpan<byte> bytes)
    {
        if (!_isCut)
        {
            current.Write(bytes);
        }
    }

    public void Escaped(byte value)
    {
        _isCut |= value == WordReader.Nul;
        Literal([value]);
    }

    public bool Variable(in VariableReference variable)
    {
        var set = scope.Get(variable.Name);
        if (set is null && !variable.HasDefault)
        {
            return true;
        }

        var value = set ?? variable.Default;
        if (variable.SplitsWords)
        {
            Split(value);
        }
        else
        {
            Literal(value);
        }

        return false;
    }

    /// <summary>The end of a word.</summary>
    internal void Finish()
    {
        words.Add(current.WrittenSpan.ToArray());
        current.ResetWrittenCount();
        _isCut = false;
    }

    /// <summary>
    /// Each run of blanks ends a word, also at the start and at the end of the value: an empty word may stand there.
    /// </summary>
    private void Split(ReadOnlySpan<byte> value)
    {
        int blank;
        while ((blank = value.IndexOfAny(Spaces)) >= 0)
        {
            Literal(value[..blank]);
            Finish();
            var next = value[blank..].IndexOfAnyExcept(Spaces);
            value = next < 0 ? [] : value[(blank + next)..];
        }

        Literal(value);
    }
}
