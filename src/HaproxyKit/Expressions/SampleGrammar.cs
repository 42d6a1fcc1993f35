using System.Buffers;
using HaproxyKit.Diagnostics;
using Sprache;
using static HaproxyKit.Expressions.ByteParsers;

namespace HaproxyKit.Expressions;

/// <summary>
/// The grammar of sample expressions. Every choice is made on one byte, nothing is read twice and nothing refers to itself: expressions do
/// not nest.
/// </summary>
/// <remarks>
/// <code>
/// expression = name [ arguments ] { "," { "," } name [ arguments ] } { "," }
/// arguments  = "(" [ argument { "," argument } ] ")"
/// argument   = { plain | "'" { byte } "'" | '"' { byte | escape } '"' | escape }
/// escape     = "\" ( "\" | " " | '"' | "'" | "r" | "n" | "t" )
/// </code>
/// </remarks>
internal static class SampleGrammar
{
    private static readonly Parser<string> Plain = TextUntil(ExpressionBytes.ArgumentSigns);
    private static readonly Parser<string> InDoubleQuotes = TextUntil(ExpressionBytes.DoubleQuoteSigns);
    private static readonly Parser<string> InSingleQuotes = TextUntil(SearchValues.Create("'"u8));

    // Whatever else follows a backslash, the backslash stands for itself.
    private static readonly Parser<string> Escape = input =>
    {
        var bytes = (ByteInput)input;
        if (bytes.Rest.Length == 1)
        {
            return Fail<string>(bytes, ExpressionErrorKind.TrailingBackslash);
        }

        return bytes.Rest[1] switch
        {
            (byte)'\\' => Result.Success("\\", bytes.Skip(2)),
            (byte)' ' => Result.Success(" ", bytes.Skip(2)),
            (byte)'"' => Result.Success("\"", bytes.Skip(2)),
            (byte)'\'' => Result.Success("'", bytes.Skip(2)),
            (byte)'r' => Result.Success("\r", bytes.Skip(2)),
            (byte)'n' => Result.Success("\n", bytes.Skip(2)),
            (byte)'t' => Result.Success("\t", bytes.Skip(2)),
            _ => Result.Success("\\", bytes.Skip(1)),
        };
    };

    private static readonly Parser<string> DoubleQuoted =
        from open in Sign('"')
        from pieces in Choose(next => next switch
        {
            '\\' => Escape,
            _ => InDoubleQuotes,
        }).XMany()
        from close in Closing('"', open)
        select string.Concat(pieces);

    private static readonly Parser<string> SingleQuoted =
        from open in Sign('\'')
        from content in InSingleQuotes.XOptional()
        from close in Closing('\'', open)
        select content.GetOrElse("");

    private static readonly Parser<SampleArgument> Argument =
        WithSpan(
            Choose(next => next switch
            {
                '"' => DoubleQuoted,
                '\'' => SingleQuoted,
                '\\' => Escape,
                _ => Plain,
            }).XMany().Select(string.Concat),
            (value, span, reading) => new SampleArgument(value, reading.TextOf(span), span));

    private static readonly Parser<ExpressionList<SampleArgument>> Arguments =
        from open in Sign('(')
        from arguments in Choose(next => next == ')'
            ? Parse.Return(ExpressionList<SampleArgument>.Empty)
            : Argument.XDelimitedBy(Sign(',')).Select(list => list.ToExpressionList()))
        from close in Required(')', ExpressionErrorKind.UnclosedArguments)
        select arguments;

    private static readonly Parser<SampleCall> Fetch = Call(ExpressionErrorKind.MissingFetch);

    private static readonly Parser<TextSpan> Commas =
        from first in Sign(',')
        from rest in Run(SearchValues.Create(","u8))
        select TextSpan.Between(first.Start, rest.End);

    /// <summary>An expression that fills a word.</summary>
    internal static readonly Parser<SampleExpression> Word =
        Expression(ExpressionErrorKind.MissingComma, isInBrackets: false).Then(expression => AtEnd(expression));

    /// <summary>The expression of <c>%[</c>, and its <c>]</c>.</summary>
    internal static readonly Parser<SampleExpression> InBrackets =
        from expression in Expression(ExpressionErrorKind.UnclosedExpression, isInBrackets: true)
        from close in Required(']', ExpressionErrorKind.UnclosedExpression)
        select expression;

    private static Parser<SampleCall> Call(ExpressionErrorKind missing) =>
        WithSpan(
            from name in Name(ExpressionBytes.Names, missing)
            from arguments in Arguments.XOptional()
            select (Name: name, Arguments: arguments),
            (call, span, reading) => new SampleCall(reading.TextOf(call.Name), call.Arguments.GetOrElse(ExpressionList<SampleArgument>.Empty))
            {
                Span = span,
                HasEmptyParentheses = call.Arguments.IsDefined && call.Arguments.Get().Count == 0,
            });

    private static Parser<SampleExpression> Expression(ExpressionErrorKind missing, bool isInBrackets) =>
        WithSpan(
            from fetch in Fetch
            from converters in Converter(isInBrackets).XMany()
            select (Fetch: fetch, Converters: converters.ToList()),
            (expression, span, _) => new SampleExpression(
                expression.Fetch, expression.Converters.Where(c => c.Call is not null).Select(c => c.Call!).ToExpressionList())
            {
                Span = span,
                TrailingCommas = expression.Converters is [.., { Call: null, Commas: var trailing }] ? trailing : 0,
            });

    // Commas that end a word are followed by no converter.
    private static Parser<(SampleCall? Call, int Commas)> Converter(bool isInBrackets) =>
        from commas in Commas
        from call in ConverterOrEnd(isInBrackets, commas.Length)
        select (call, commas.Length);

    private static Parser<SampleCall?> ConverterOrEnd(bool isInBrackets, int commas) => input =>
        input.AtEnd && !isInBrackets ? Result.Success<SampleCall?>(null, input)
        : input.AtEnd ? Fail<SampleCall?>((ByteInput)input, ExpressionErrorKind.UnclosedExpression)
        : ConverterCall.Select(SampleCall? (call) => call with { Commas = commas })(input);

    private static readonly Parser<SampleCall> ConverterCall = Call(ExpressionErrorKind.MissingConverter);

    private static Parser<SampleExpression> AtEnd(SampleExpression expression) => input => input.AtEnd
        ? Result.Success(expression, input)
        : Fail<SampleExpression>((ByteInput)input, ExpressionErrorKind.MissingComma);

    private static Parser<TextSpan> Closing(char quote, TextSpan open) => input =>
    {
        var bytes = (ByteInput)input;
        return bytes.IsAt(quote)
            ? Result.Success(new TextSpan(bytes.Position, 1), bytes.Skip(1))
            : Fail<TextSpan>(bytes, ExpressionErrorKind.UnclosedQuote, open.Start);
    };

    private static Parser<string> TextUntil(SearchValues<byte> signs) =>
        WithSpan(Until(signs), (_, span, reading) => reading.TextOf(span));

    private static Parser<TResult> WithSpan<T, TResult>(Parser<T> parser, Func<T, TextSpan, ByteReading, TResult> make) => input =>
    {
        var result = parser(input);
        return result.WasSuccessful
            ? Result.Success(
                make(result.Value, TextSpan.Between(input.Position, result.Remainder.Position), ((ByteInput)input).Reading),
                result.Remainder)
            : Result.Failure<TResult>(result.Remainder, "", []);
    };
}
