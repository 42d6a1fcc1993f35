using System.Collections.Immutable;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.EdgeScript;

/// <summary>A statement of an edge script: a line, or a line and the block in braces behind it.</summary>
public abstract class EdgeStatement
{
    private protected EdgeStatement(TextSpan span, int line, ImmutableArray<EdgeComment> comments) =>
        (Span, Line, Comments) = (span, line, comments);

    /// <summary>The bytes from its first word to its last, or to the brace that closes its block.</summary>
    public TextSpan Span { get; }

    /// <summary>The line on which it begins, from 1.</summary>
    public int Line { get; }

    /// <summary>
    /// The comments that belong to it, in order: those on lines of their own directly above it, without a blank line between, those inside its
    /// block, and those at the ends of its lines.
    /// </summary>
    public ImmutableArray<EdgeComment> Comments { get; }
}
