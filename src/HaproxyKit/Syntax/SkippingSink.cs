namespace HaproxyKit.Syntax;

/// <summary>Only the word's end is wanted.</summary>
internal readonly struct SkippingSink : IWordSink
{
    public void Literal(ReadOnlySpan<byte> bytes)
    {
    }

    public void Escaped(byte value)
    {
    }

    public bool Variable(in VariableReference variable) => false;
}
