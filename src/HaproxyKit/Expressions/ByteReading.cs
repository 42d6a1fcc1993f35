using System.Text;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Expressions;

/// <summary>One text that is read into a tree: its bytes, and what is wrong with it.</summary>
internal sealed class ByteReading(byte[] text)
{
    internal byte[] Text { get; } = text;

    /// <summary>
    /// The first mistake. Every choice of the grammars is made on the byte that comes next, so the first one is the only one.
    /// </summary>
    internal ExpressionError Error { get; private set; }

    internal void Fail(ExpressionErrorKind kind, int position)
    {
        if (!Error.IsError)
        {
            Error = new ExpressionError(kind, position);
        }
    }

    /// <summary>What stands in a place; the grammars cut at ASCII signs alone, never inside a character.</summary>
    internal string TextOf(TextSpan span) => Encoding.UTF8.GetString(Text, span.Start, span.Length);
}
