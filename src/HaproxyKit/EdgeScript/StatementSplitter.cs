using HaproxyKit.Diagnostics;

namespace HaproxyKit.EdgeScript;

/// <summary>
/// Finds lines, braces and comments, and nothing else: which words make up a statement, and which statements a block. It walks over the text
/// once and calls nothing for a nested block, so that no script can use up the stack.
/// </summary>
internal sealed class StatementSplitter
{
    /// <summary>How deep blocks may be nested.</summary>
    internal const int MaxDepth = 64;

    private readonly SourceText _source;
    private readonly List<StatementSource> _open = [];
    private StatementSource? _current;
    private int _beyondDepth;
    private bool _isBehindBlock;

    private StatementSplitter(SourceText source) => _source = source;

    /// <summary>The statements outside all blocks.</summary>
    internal List<StatementSource> Statements { get; } = [];

    /// <summary>All comments; the flag says whether the comment has the line for itself.</summary>
    internal List<(TextSpan Span, bool IsAlone)> Comments { get; } = [];

    internal static StatementSplitter Split(SourceText source)
    {
        var splitter = new StatementSplitter(source);
        var tokens = new EdgeTokenizer(source.Bytes);
        var isFirstOfLine = true;
        EdgeToken token;
        do
        {
            token = tokens.Next();
            splitter.Take(token, isFirstOfLine);
            isFirstOfLine = token.Kind == EdgeTokenKind.LineEnd;
        }
        while (token.Kind != EdgeTokenKind.TextEnd);
        return splitter;
    }

    private void Take(EdgeToken token, bool isFirstOfLine)
    {
        switch (token.Kind)
        {
            case EdgeTokenKind.Comment:
                Comments.Add((WithoutCarriageReturn(token.Span), isFirstOfLine));
                break;
            case EdgeTokenKind.LineEnd:
                EndStatement(token);
                _isBehindBlock = false;
                break;
            case EdgeTokenKind.TextEnd:
                EndStatement(token);
                CloseAll(token);
                break;
            default:
                if (isFirstOfLine && IsListenInsideListen(token))
                {
                    CloseAll(token);
                }

                TakeWord(token);
                break;
        }
    }

    private void TakeWord(EdgeToken token)
    {
        if (_beyondDepth > 0)
        {
            _beyondDepth += token.Kind switch { EdgeTokenKind.OpenBrace => 1, EdgeTokenKind.CloseBrace => -1, _ => 0 };
            return;
        }

        if (token.Kind == EdgeTokenKind.CloseBrace && _open.Count > 0)
        {
            EndStatement(token);
            _open[^1].BlockEnd = token;
            _open.RemoveAt(_open.Count - 1);
            _isBehindBlock = true;
            return;
        }

        var statement = _current ??= Begin(token);
        statement.Tokens.Add(token);
        if (token.Kind == EdgeTokenKind.OpenBrace)
        {
            OpenBlock(statement, token);
        }
    }

    private StatementSource Begin(EdgeToken token)
    {
        var statement = new StatementSource(token.Span.Start, _isBehindBlock);
        (_open.Count > 0 ? _open[^1].Children : Statements).Add(statement);
        return statement;
    }

    private void OpenBlock(StatementSource statement, EdgeToken brace)
    {
        if (_open.Count == MaxDepth)
        {
            _open[0].TooDeep ??= brace.Span;
            _beyondDepth = 1;
            return;
        }

        statement.OpensBlock = true;
        statement.Terminator = brace;
        _open.Add(statement);
        _current = null;
        _isBehindBlock = false;
    }

    private void EndStatement(EdgeToken terminator)
    {
        if (_current is not null && _beyondDepth == 0)
        {
            _current.Terminator = terminator;
            _current = null;
        }
    }

    /// <summary>A <c>listen</c> at the start of a line inside the block of another one: the brace before it was forgotten.</summary>
    private bool IsListenInsideListen(EdgeToken token) =>
        _open.Count > 0
        && token.Kind == EdgeTokenKind.Word
        && _source[token.Span].SequenceEqual(EdgeWords.ListenBytes)
        && _source[_open[0].Tokens[0].Span].SequenceEqual(EdgeWords.ListenBytes);

    private void CloseAll(EdgeToken instead)
    {
        if (_current is not null)
        {
            _current.Terminator = instead;
            _current = null;
        }

        foreach (var statement in _open)
        {
            statement.BlockEnd = instead;
        }

        _open.Clear();
        _beyondDepth = 0;
    }

    private TextSpan WithoutCarriageReturn(TextSpan span) =>
        _source[span][^1] == (byte)'\r' ? span with { Length = span.Length - 1 } : span;
}
