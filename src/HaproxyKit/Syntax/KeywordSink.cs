namespace HaproxyKit.Syntax;

/// <summary>
/// Keeps the beginning of a word's value, as much as a keyword needs; the length of the word does not matter.
/// </summary>
internal ref struct KeywordSink(Span<byte> start) : IWordSink
{
    private readonly Span<byte> _start = start;
    private bool _isCut;

    /// <summary>How many bytes of the value were kept: all of them, or as many as there was room for.</summary>
    internal int Kept { get; private set; }

    public void Literal(ReadOnlySpan<byte> bytes)
    {
        if (!_isCut)
        {
            var fitting = bytes[..Math.Min(bytes.Length, _start.Length - Kept)];
            fitting.CopyTo(_start[Kept..]);
            Kept += fitting.Length;
        }
    }

    public void Escaped(byte value)
    {
        _isCut |= value == WordReader.Nul;
        if (!_isCut && Kept < _start.Length)
        {
            _start[Kept++] = value;
        }
    }

    public bool Variable(in VariableReference variable)
    {
        Literal(variable.Raw);
        return false;
    }
}
