using System.Collections.Immutable;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.EdgeScript;

/// <summary>A statement that was not understood; the document's diagnostics say why.</summary>
public sealed class UnreadStatement : EdgeStatement
{
    internal UnreadStatement(TextSpan span, int line, ImmutableArray<EdgeComment> comments)
        : base(span, line, comments)
    {
    }
}
