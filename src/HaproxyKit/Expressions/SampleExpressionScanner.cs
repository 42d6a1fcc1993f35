using HaproxyKit.Diagnostics;

namespace HaproxyKit.Expressions;

/// <summary>
/// Walks a sample expression, a fetch and its converters, without allocating (configuration manual, chapter 7.3). It knows the
/// syntax and no names: which fetches and converters exist, and how many arguments they take, is the catalog's business.
/// </summary>
/// <remarks>
/// <code>
/// expression = name [ arguments ] { "," { "," } name [ arguments ] } { "," }
/// arguments  = "(" [ argument { "," argument } ] ")"
/// </code>
/// Commas may be repeated, and may end an expression that fills its word. Inside an argument quotes and backslashes are read as in
/// <see cref="SampleArgumentText"/>; blanks count.
/// </remarks>
public ref struct SampleExpressionScanner
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly bool _endsAtBracket;
    private bool _isOver;
    private bool _hasFetch;

    /// <summary>Begins before the fetch.</summary>
    /// <param name="text">The word's value, or a text in which the expression stands.</param>
    /// <param name="start">Where the expression begins.</param>
    /// <param name="endsAtBracket">
    /// True inside <c>%[</c>, where the expression ends at <c>]</c>; false where it fills the rest of the text.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="start"/> is outside the text.</exception>
    public SampleExpressionScanner(ReadOnlySpan<byte> text, int start = 0, bool endsAtBracket = false)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)start, (uint)text.Length, nameof(start));
        _text = text;
        _endsAtBracket = endsAtBracket;
        End = start;
    }

    /// <summary>Whether <see cref="Name"/> is the fetch; else it is a converter.</summary>
    public bool IsFetch { get; private set; }

    /// <summary>The name of the fetch or converter, in bytes from the start of the text.</summary>
    public TextSpan Name { get; private set; }

    /// <summary>Whether parentheses follow the name.</summary>
    public bool HasParentheses { get; private set; }

    /// <summary>What stands between the parentheses; empty where there are none.</summary>
    public TextSpan Arguments { get; private set; }

    /// <summary>
    /// How many arguments are written: 0 without parentheses and for <c>()</c>, which HAProxy reads as one empty argument where the
    /// keyword takes any.
    /// </summary>
    public int ArgumentCount { get; private set; }

    /// <summary>
    /// Where the last keyword ends; after the walk where the expression ends, at the <c>]</c> or at the end of the text.
    /// </summary>
    public int End { get; private set; }

    /// <summary>What ended the walk too early; no error while it goes on and where the expression is right.</summary>
    public ExpressionError Error { get; private set; }

    /// <summary>Goes to the fetch, then to each converter.</summary>
    /// <returns>False at the end, and at an <see cref="Error"/>.</returns>
    public bool MoveNext()
    {
        if (_isOver)
        {
            return false;
        }

        if (!_hasFetch)
        {
            _hasFetch = true;
            var nul = _endsAtBracket ? -1 : _text[End..].IndexOf((byte)0);
            return nul >= 0 ? Fail(ExpressionErrorKind.NulByte, End + nul) : ReadCall(isFetch: true);
        }

        if (End == _text.Length)
        {
            return _endsAtBracket ? Fail(ExpressionErrorKind.UnclosedExpression, End) : Stop();
        }

        if (_text[End] != ',')
        {
            return !_endsAtBracket ? Fail(ExpressionErrorKind.MissingComma, End)
                : _text[End] == ']' ? Stop()
                : Fail(ExpressionErrorKind.UnclosedExpression, End);
        }

        var commas = _text[End..].IndexOfAnyExcept((byte)',');
        End = commas < 0 ? _text.Length : End + commas;
        if (commas >= 0)
        {
            return ReadCall(isFetch: false);
        }

        return _endsAtBracket ? Fail(ExpressionErrorKind.UnclosedExpression, End) : Stop();
    }

    private bool ReadCall(bool isFetch)
    {
        IsFetch = isFetch;
        var length = ExpressionBytes.RunOf(_text[End..], ExpressionBytes.Names);
        if (length == 0)
        {
            return Fail(isFetch ? ExpressionErrorKind.MissingFetch : ExpressionErrorKind.MissingConverter, End);
        }

        Name = new TextSpan(End, length);
        End += length;
        HasParentheses = End < _text.Length && _text[End] == '(';
        if (HasParentheses)
        {
            return ReadArguments();
        }

        (Arguments, ArgumentCount) = (new TextSpan(End, 0), 0);
        return true;
    }

    private bool ReadArguments()
    {
        var start = End + 1;
        var position = start;
        var count = 1;
        while (true)
        {
            var end = SampleArgumentScanner.EndOfArgument(_text, position, out var fault);
            if (fault.IsError)
            {
                return Fail(fault.Kind, fault.Position);
            }

            if (_text[end] == ')')
            {
                Arguments = TextSpan.Between(start, end);
                ArgumentCount = end == start ? 0 : count;
                End = end + 1;
                return true;
            }

            (position, count) = (end + 1, count + 1);
        }
    }

    private bool Fail(ExpressionErrorKind kind, int position)
    {
        Error = new ExpressionError(kind, position);
        return Stop();
    }

    private bool Stop()
    {
        _isOver = true;
        return false;
    }
}
