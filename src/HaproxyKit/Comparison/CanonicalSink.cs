using System.Buffers;
using HaproxyKit.Syntax;

namespace HaproxyKit.Comparison;

/// <summary>
/// Writes a word so that two words are written alike exactly when HAProxy reads them alike in every environment. A
/// decoded word never holds a NUL, which is why a NUL can mark a reference to a variable.
/// </summary>
internal struct CanonicalSink(ArrayBufferWriter<byte> output) : IWordSink
{
    private bool _isCut;

    public readonly void Literal(ReadOnlySpan<byte> bytes)
    {
        if (!_isCut)
        {
            output.Write(bytes);
        }
    }

    public void Escaped(byte value)
    {
        _isCut |= value == WordReader.Nul;
        Literal([value]);
    }

    public readonly bool Variable(in VariableReference variable)
    {
        Literal("\0$"u8);
        Literal(variable.Name);
        Literal(variable.SplitsWords ? "*"u8 : default);
        Literal(variable.HasDefault ? "-"u8 : default);
        Literal(variable.Default);
        Literal("\0"u8);
        return false;
    }
}
