using HaproxyKit.Syntax;

namespace HaproxyKit.Analysis;

/// <summary>
/// Follows the conditions of a file: which branch a line stands in, and whether HAProxy certainly reads or skips it
/// (configuration manual, chapter 2.4).
/// </summary>
internal sealed class BranchTracker(AnalysisRun run)
{
    /// <summary>HAProxy refuses what is deeper, see HK2005; there, branches are not told apart.</summary>
    private const int MaxDepth = 99;

    private readonly Stack<Open> _open = [];

    /// <summary>The branch of the lines that follow.</summary>
    internal Branch? Current { get; private set; }

    /// <summary>Whether HAProxy of the version meant certainly skips the lines that follow.</summary>
    internal bool IsSkipped { get; private set; }

    /// <summary>A line whose first word begins with a dot.</summary>
    internal void Read(LineWords words)
    {
        switch (words[0])
        {
            case var w when w.SequenceEqual(".if"u8):
                var holds = IsSkipped ? Truth.No : StaticCondition.Judge(words, run);
                _open.Push(new Open(Current, IsSkipped, run.Branches.NextCondition(), 0, holds, holds));
                Enter();
                break;
            case var w when _open.Count > 0 && w.SequenceEqual(".elif"u8):
                var open = _open.Pop();
                var next = open.WasSkipped || open.Before == Truth.Yes ? Truth.No : StaticCondition.Judge(words, run);
                Continue(open, next);
                break;
            case var w when _open.Count > 0 && w.SequenceEqual(".else"u8):
                open = _open.Pop();
                Continue(open, Truth.Yes);
                break;
            case var w when _open.Count > 0 && w.SequenceEqual(".endif"u8):
                open = _open.Pop();
                (Current, IsSkipped) = (open.Outer, open.WasSkipped);
                break;
        }
    }

    /// <summary>Goes on to the next branch of a condition.</summary>
    /// <param name="open">The condition.</param>
    /// <param name="holds">Whether the branch's own condition holds.</param>
    private void Continue(Open open, Truth holds)
    {
        var taken = open.Before == Truth.Yes ? Truth.No
            : open.Before == Truth.No ? holds
            : holds == Truth.No ? Truth.No
            : Truth.Unknown;
        var before = open.Before == Truth.Yes || holds == Truth.Yes ? Truth.Yes
            : open.Before == Truth.Unknown || holds == Truth.Unknown ? Truth.Unknown
            : Truth.No;
        _open.Push(open with { Ordinal = open.Ordinal + 1, Before = before, Taken = taken });
        Enter();
    }

    private void Enter()
    {
        var open = _open.Peek();
        IsSkipped = open.WasSkipped || open.Taken == Truth.No;
        var isCertain = open.Taken == Truth.Yes && (open.Outer is null || open.Outer.IsCertain);
        Current = _open.Count > MaxDepth ? open.Outer : run.Branches.Add(open.Outer, open.Condition, open.Ordinal, isCertain);
    }

    /// <param name="Outer">The branch around the <c>.if</c>.</param>
    /// <param name="WasSkipped">Whether that one is skipped.</param>
    /// <param name="Condition">The number of the <c>.if</c>.</param>
    /// <param name="Ordinal">Which of its branches is read.</param>
    /// <param name="Before">Whether this branch or one before it holds.</param>
    /// <param name="Taken">Whether this branch is read.</param>
    private readonly record struct Open(
        Branch? Outer, bool WasSkipped, int Condition, int Ordinal, Truth Before, Truth Taken);
}
