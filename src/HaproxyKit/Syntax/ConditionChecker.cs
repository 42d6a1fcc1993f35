using HaproxyKit.Diagnostics;

namespace HaproxyKit.Syntax;

/// <summary>
/// Follows <c>.if</c>, <c>.elif</c>, <c>.else</c> and <c>.endif</c> over a file (configuration manual, chapter 2.4).
/// </summary>
internal sealed class ConditionChecker(Action<Diagnostic> report)
{
    private const int MaxDepth = 99;
    private const string ArgumentHint = "quote a text with blanks; behind .else and .endif only a comment may stand";

    private readonly Stack<(LinePlace Place, TextSpan Span, bool HasElse)> _open = [];

    /// <summary>Whether a <c>.if</c> is open.</summary>
    internal bool IsInBranch => _open.Count > 0;

    /// <summary>A line whose first word begins with a dot.</summary>
    internal void Check(LinePlace place)
    {
        var words = place.Line.Words;
        words.MoveNext();
        var word = words.Current;
        var span = word.Span;
        var text = word.ToString();
        var hasArgument = words.MoveNext();
        switch (text)
        {
            case ".if":
                Open(place, span);
                break;
            case ".elif":
                Continue(place, span, text, isElse: false);
                break;
            case ".else":
                RefuseArgument(place, span, text, hasArgument);
                Continue(place, span, text, isElse: true);
                break;
            case ".endif":
                RefuseArgument(place, span, text, hasArgument);
                Close(place, span);
                break;
            case ".notice" or ".warning" or ".alert" or ".diag":
                if (hasArgument && words.MoveNext())
                {
                    report(place.ErrorWhereRead(
                        DiagnosticIds.UnexpectedConditionArgument, span,
                        $"'{text}' has an argument too many",
                        ArgumentHint));
                }

                break;
            default:
                report(place.ErrorWhereRead(
                    DiagnosticIds.UnknownDotDirective, span,
                    $"'{text}' is no directive that HAProxy knows",
                    "known: .if .elif .else .endif .notice .warning .alert .diag"));
                break;
        }
    }

    /// <summary>The end of the file: what is still open is not closed.</summary>
    internal void Finish()
    {
        foreach (var (place, span, _) in _open.Reverse())
        {
            report(place.Error(
                DiagnosticIds.UnclosedCondition, span, "'.if' is not closed before the end of the file", "add .endif"));
        }
    }

    private void Open(LinePlace place, TextSpan span)
    {
        _open.Push((place, span, false));
        if (_open.Count == MaxDepth + 1)
        {
            report(place.Error(DiagnosticIds.ConditionsTooDeep, span, "'.if' is nested more than 99 deep"));
        }
    }

    private void Continue(LinePlace place, TextSpan span, string text, bool isElse)
    {
        if (!_open.TryPop(out var opened))
        {
            Unexpected(place, span, text, "has no open '.if'");
            return;
        }

        if (opened.HasElse)
        {
            Unexpected(place, span, text, "stands behind '.else'");
        }

        _open.Push((opened.Place, opened.Span, opened.HasElse || isElse));
    }

    private void Close(LinePlace place, TextSpan span)
    {
        if (!_open.TryPop(out _))
        {
            Unexpected(place, span, ".endif", "has no open '.if'");
        }
    }

    private void RefuseArgument(LinePlace place, TextSpan span, string text, bool hasArgument)
    {
        if (hasArgument)
        {
            report(place.Error(
                DiagnosticIds.UnexpectedConditionArgument, span, $"'{text}' has an argument too many", ArgumentHint));
        }
    }

    private void Unexpected(LinePlace place, TextSpan span, string text, string why) =>
        report(place.Error(DiagnosticIds.UnexpectedCondition, span, $"'{text}' {why}"));
}
