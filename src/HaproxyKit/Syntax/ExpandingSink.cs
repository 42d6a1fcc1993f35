using System.Buffers;

namespace HaproxyKit.Syntax;

/// <summary>Collects the words that one word as written stands for in an environment: usually one, with <c>[*]</c> any number.</summary>
internal struct ExpandingSink(ConfigEnvironment environment, List<byte[]> words) : IWordSink
{
    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\n\v\f\r"u8);

    private readonly ArrayBufferWriter<byte> _current = new();

    /// <summary>Whether the only content so far is a split reference that gave nothing.</summary>
    private bool _vanishes;
    private bool _hasContent;

    public void Literal(ReadOnlySpan<byte> bytes)
    {
        _hasContent |= !bytes.IsEmpty;
        _current.Write(bytes);
    }

    public void Escaped(byte value)
    {
        _hasContent = true;
        _current.Write([value]);
    }

    public void Variable(in VariableReference variable)
    {
        var value = environment.GetBytes(variable.Name) ?? (variable.HasDefault ? variable.Default.ToArray() : []);
        if (!variable.SplitsWords)
        {
            _hasContent |= value.Length > 0;
            _current.Write(value);
            return;
        }

        _vanishes = true;
        ReadOnlySpan<byte> rest = value;
        while (!rest.IsEmpty)
        {
            var blank = rest.IndexOfAny(Blanks);
            var part = blank < 0 ? rest : rest[..blank];
            _hasContent |= !part.IsEmpty;
            _current.Write(part);
            if (blank < 0)
            {
                break;
            }

            Finish();
            rest = rest[blank..].TrimStart(" \t\n\v\f\r"u8);
        }
    }

    /// <summary>The end of a word: it counts unless it is nothing but split references without a value.</summary>
    internal void Finish()
    {
        if (_hasContent || !_vanishes)
        {
            words.Add(_current.WrittenSpan.ToArray());
        }

        _current.ResetWrittenCount();
        _hasContent = false;
    }
}
