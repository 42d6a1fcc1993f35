using HaproxyKit.Diagnostics;

namespace HaproxyKit.EdgeScript;

/// <summary>
/// What the terminals note while one statement is read: the furthest place at which something else was expected, and what. That place, not
/// the one at which the outermost alternative gave up, is where the mistake is.
/// </summary>
internal sealed class StatementReading(SourceText text, StatementSource source)
{
    private readonly List<Expectation> _expected = [];
    private int _furthest = -1;

    internal StatementSource Source { get; } = source;

    internal ReadOnlySpan<byte> BytesOf(EdgeToken token) => text[token.Span];

    internal void Expect(int position, Expectation expectation)
    {
        if (position > _furthest)
        {
            _expected.Clear();
            _furthest = position;
        }

        if (position == _furthest && !_expected.Contains(expectation))
        {
            _expected.Add(expectation);
        }
    }

    internal Diagnostic Fault() => UnexpectedToken.Diagnose(
        text,
        _furthest < Source.Tokens.Count ? Source.Tokens[_furthest] : Source.Terminator,
        after: _furthest > 0 ? Source.Tokens[_furthest - 1].Span.End : Source.Start,
        _expected);
}
