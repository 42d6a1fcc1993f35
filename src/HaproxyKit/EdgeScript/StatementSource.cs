using HaproxyKit.Diagnostics;

namespace HaproxyKit.EdgeScript;

/// <summary>The words of one statement, found but not understood, with the statements of its block.</summary>
internal sealed class StatementSource
{
    internal StatementSource(int start, bool sharesLine) => (Start, SharesLine) = (start, sharesLine);

    /// <summary>The offset of the first token.</summary>
    internal int Start { get; }

    /// <summary>Whether it stands on one line with the end of a block before it.</summary>
    internal bool SharesLine { get; }

    /// <summary>Words and signs in order; the last one is <c>{</c> where a block follows.</summary>
    internal List<EdgeToken> Tokens { get; } = [];

    /// <summary>
    /// What stands behind the last of <see cref="Tokens"/>: the end of the line or of the text, or the brace that closes the block around.
    /// </summary>
    internal EdgeToken Terminator { get; set; }

    /// <summary>Whether a block follows.</summary>
    internal bool OpensBlock { get; set; }

    /// <summary>The statements of the block.</summary>
    internal List<StatementSource> Children { get; } = [];

    /// <summary>What ends the block: <c>}</c>, or where it is missing, the token that stands in its place.</summary>
    internal EdgeToken BlockEnd { get; set; }

    /// <summary>The first brace inside that is nested too deep.</summary>
    internal TextSpan? TooDeep { get; set; }

    /// <summary>Whether the block was opened and never closed.</summary>
    internal bool IsUnclosed => OpensBlock && BlockEnd.Kind != EdgeTokenKind.CloseBrace;

    /// <summary>From the first token to the last one, or to the brace that closes the block.</summary>
    internal TextSpan Span
    {
        get
        {
            var last = this;
            while (last is { IsUnclosed: true, Children.Count: > 0 })
            {
                last = last.Children[^1];
            }

            var end = last is { OpensBlock: true, IsUnclosed: false } ? last.BlockEnd.Span.End : last.Tokens[^1].Span.End;
            return TextSpan.Between(Start, end);
        }
    }
}
