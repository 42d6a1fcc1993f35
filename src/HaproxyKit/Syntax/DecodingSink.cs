namespace HaproxyKit.Syntax;

/// <summary>Writes a word's value into a buffer; variables stay as they are written.</summary>
internal ref struct DecodingSink(Span<byte> destination) : IWordSink
{
    private readonly Span<byte> _destination = destination;
    private bool _isCut;

    internal int Written { get; private set; }

    public void Literal(ReadOnlySpan<byte> bytes)
    {
        if (!_isCut)
        {
            bytes.CopyTo(_destination[Written..]);
            Written += bytes.Length;
        }
    }

    public void Escaped(byte value)
    {
        // HAProxy's words end at their first NUL, so that \x00 hides the rest of its word.
        _isCut |= value == WordReader.Nul;
        if (!_isCut)
        {
            _destination[Written++] = value;
        }
    }

    public bool Variable(in VariableReference variable)
    {
        Literal(variable.Raw);
        return false;
    }
}
