namespace HaproxyKit.Syntax;

/// <summary>Writes a word's value into a buffer; variables stay as they are written.</summary>
internal ref struct DecodingSink(Span<byte> destination) : IWordSink
{
    private readonly Span<byte> _destination = destination;

    internal int Written { get; private set; }

    public void Literal(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_destination[Written..]);
        Written += bytes.Length;
    }

    public void Escaped(byte value) => _destination[Written++] = value;

    public void Variable(in VariableReference variable) => Literal(variable.Raw);
}
