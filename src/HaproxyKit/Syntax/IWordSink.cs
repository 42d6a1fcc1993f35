namespace HaproxyKit.Syntax;

/// <summary>Takes what a word decodes to. Implemented by structs, so that the reader is compiled anew for each.</summary>
internal interface IWordSink
{
    /// <summary>Bytes that stand for themselves.</summary>
    void Literal(ReadOnlySpan<byte> bytes);

    /// <summary>A byte that an escape stands for.</summary>
    void Escaped(byte value);

    /// <summary>A variable's place.</summary>
    void Variable(in VariableReference variable);
}
