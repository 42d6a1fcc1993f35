using System.Buffers;
using HaproxyKit.Diagnostics;
using Sprache;
using static HaproxyKit.Expressions.ByteParsers;

namespace HaproxyKit.Expressions;

/// <summary>
/// The grammar of log formats. Every choice is made on one byte, nothing is read twice and nothing refers to itself.
/// </summary>
/// <remarks>
/// <code>
/// format = { text | "%" [ name ] ( "%" | other | [ flags ] ( alias | "[" expression "]" ) ) }
/// name   = "(" [ word ] [ ":" ( "str" | "sint" | "bool" | "raw" ) ] ")"
/// flags  = "{" { byte } "}"
/// </code>
/// </remarks>
internal static class LogFormatGrammar
{
    private static readonly SearchValues<byte> Percent = SearchValues.Create("%"u8);
    private static readonly SearchValues<byte> FlagsEnd = SearchValues.Create("}"u8);

    private static readonly Parser<LogFormatPiece> Text =
        Until(Percent).Select(span => new LogFormatPiece { Span = span, Literal = span });

    private static readonly Parser<LogFormatPiece> Alias =
        Name(ExpressionBytes.LettersAndDigits, ExpressionErrorKind.MissingItemAfterFlags).Select(name => new LogFormatPiece { Alias = name });

    private static readonly Parser<LogFormatPiece> Expression =
        from open in Sign('[')
        from expression in SampleGrammar.InBrackets
        select new LogFormatPiece { Expression = expression };

    private static readonly Parser<LogFormatPiece> Flagged =
        from open in Sign('{')
        from flags in Until(FlagsEnd).XOptional()
        from close in Required('}', ExpressionErrorKind.UnclosedFlags)
        from item in Choose(next =>
            next == '[' ? Expression
            : char.IsAsciiLetter(next) ? Alias
            : Mistake<LogFormatPiece>(ExpressionErrorKind.MissingItemAfterFlags))
        select item with { Flags = TextSpan.Between(open.End, close.Start) };

    private static readonly Parser<LogFormatPiece> Item = Choose(next => next switch
    {
        '{' => Flagged,
        '[' => Expression,
        '%' => Sign('%').Select(sign => new LogFormatPiece { Literal = sign }),
        '\0' => Mistake<LogFormatPiece>(ExpressionErrorKind.MissingItem),
        ' ' or '\t' or (>= '0' and <= '9') => Mistake<LogFormatPiece>(ExpressionErrorKind.InvalidItem),
        _ when char.IsAsciiLetter(next) => Alias,
        _ => Parse.Return(new LogFormatPiece { Literal = default(TextSpan) }),
    });

    private static readonly Parser<LogFormatPiece> ItemName =
        from open in Sign('(')
        from name in Run(ExpressionBytes.ItemNames)
        from type in ItemType.XOptional()
        from close in Required(')', ExpressionErrorKind.InvalidItemName)
        from judged in Judge(type)
        select new LogFormatPiece { ItemName = name, ItemType = type.IsDefined ? type.Get() : null };

    private static readonly Parser<LogFormatPiece> NamedItem =
        from name in ItemName
        from item in Item
        select item with { ItemName = name.ItemName, ItemType = name.ItemType };

    /// <summary>A log format of HAProxy 3.0 and newer.</summary>
    internal static readonly Parser<LogFormat> WithNames = Format(Choose(next => next == '(' ? NamedItem : Item));

    /// <summary>A log format of HAProxy 2.x.</summary>
    internal static readonly Parser<LogFormat> WithoutNames = Format(Item);

    private static Parser<TextSpan> ItemType =>
        from colon in Sign(':')
        from type in Run(ExpressionBytes.ItemNames)
        select type;

    private static Parser<bool> Judge(IOption<TextSpan> type) => input =>
    {
        var bytes = (ByteInput)input;
        return !type.IsDefined || bytes.Reading.TextOf(type.Get()) is "str" or "sint" or "bool" or "raw"
            ? Result.Success(true, input)
            : Fail<bool>(bytes, ExpressionErrorKind.InvalidItemType, type.Get().Start);
    };

    private static Parser<LogFormat> Format(Parser<LogFormatPiece> item)
    {
        var piece = Choose(next => next == '%' ? Sign('%').Then(_ => item) : Text);
        Parser<LogFormatPiece> placed = input =>
        {
            var result = piece(input);
            return result.WasSuccessful
                ? Result.Success(
                    result.Value with { Span = TextSpan.Between(input.Position, result.Remainder.Position) }, result.Remainder)
                : result;
        };
        return input =>
        {
            var result = placed.XMany()(input);
            return result.WasSuccessful
                ? Result.Success(LogFormatAssembly.Assemble(result.Value, ((ByteInput)input).Reading), result.Remainder)
                : Result.Failure<LogFormat>(result.Remainder, "", []);
        };
    }
}
