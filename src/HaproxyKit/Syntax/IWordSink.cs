namespace HaproxyKit.Syntax;

/// <summary>
/// Takes what a word decodes to. Implemented by structs, so that the reader is compiled anew for each.
/// </summary>
internal interface IWordSink
{
    /// <summary>Bytes that stand for themselves.</summary>
    void Literal(ReadOnlySpan<byte> bytes);

    /// <summary>A byte that an escape stands for.</summary>
    void Escaped(byte value);

    /// <summary>A variable's place.</summary>
    /// <returns>
    /// Whether the variable is known not to be set and has no default. HAProxy 3.0 and 3.2 then take a quote directly
    /// behind the reference, and the blanks behind that, along with it, so that the next word is glued to this one;
    /// 2.6 does not.
    /// </returns>
    bool Variable(in VariableReference variable);
}
