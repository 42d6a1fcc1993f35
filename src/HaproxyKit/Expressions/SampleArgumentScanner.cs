using HaproxyKit.Diagnostics;

namespace HaproxyKit.Expressions;

/// <summary>Walks the arguments of one fetch or converter, as written, without allocating.</summary>
public ref struct SampleArgumentScanner
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly int _end;
    private int _next;

    /// <summary>Begins before the first argument.</summary>
    /// <param name="text">The text that was scanned.</param>
    /// <param name="arguments">What <see cref="SampleExpressionScanner.Arguments"/> says; nothing stands for no argument.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="arguments"/> is outside the text.</exception>
    public SampleArgumentScanner(ReadOnlySpan<byte> text, TextSpan arguments)
    {
        _text = text[..arguments.End];
        _next = arguments.Start;
        _end = arguments.Length == 0 ? -1 : arguments.End;
    }

    /// <summary>The argument as it stands, with its quotes; see <see cref="SampleArgumentText"/> for its value.</summary>
    public TextSpan Current { get; private set; }

    /// <summary>This walk, so that <c>foreach</c> takes it.</summary>
    /// <returns>A copy of this value.</returns>
    public readonly SampleArgumentScanner GetEnumerator() => this;

    /// <summary>Goes to the next argument.</summary>
    /// <returns>False at the end.</returns>
    public bool MoveNext()
    {
        if (_next > _end)
        {
            return false;
        }

        var end = EndOfArgument(_text, _next, out var fault);
        end = fault.IsError ? _end : end;
        Current = TextSpan.Between(_next, end);
        _next = end + 1;
        return true;
    }

    /// <summary>Where an argument ends: at the first <c>,</c> or <c>)</c> that no quote and no double quote encloses.</summary>
    internal static int EndOfArgument(ReadOnlySpan<byte> text, int start, out ExpressionError fault)
    {
        fault = default;
        var (position, quote, quoteStart) = (start, (byte)0, 0);
        while (true)
        {
            var rest = text[position..];
            var step = quote switch
            {
                0 => rest.IndexOfAny(ExpressionBytes.ArgumentSigns),
                (byte)'"' => rest.IndexOfAny(ExpressionBytes.DoubleQuoteSigns),
                _ => rest.IndexOf(quote),
            };
            if (step < 0)
            {
                fault = quote == 0
                    ? new ExpressionError(ExpressionErrorKind.UnclosedArguments, text.Length)
                    : new ExpressionError(ExpressionErrorKind.UnclosedQuote, quoteStart);
                return text.Length;
            }

            position += step;
            switch (text[position])
            {
                case (byte)'\\' when position + 1 == text.Length:
                    fault = new ExpressionError(ExpressionErrorKind.TrailingBackslash, position);
                    return text.Length;
                case (byte)'\\':
                    // Only a blank, a quote, a backslash and r, n, t are taken along; a comma or a parenthesis still ends the argument.
                    position += text[position + 1] is (byte)'\\' or (byte)'"' or (byte)'\'' ? 2 : 1;
                    break;
                case (byte)',' or (byte)')':
                    return position;
                default:
                    (quote, quoteStart) = quote == 0 ? (text[position], position) : ((byte)0, 0);
                    position++;
                    break;
            }
        }
    }
}
