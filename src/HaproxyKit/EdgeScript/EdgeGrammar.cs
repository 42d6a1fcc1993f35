using System.Collections.Immutable;
using System.Text;
using HaproxyKit.Diagnostics;
using Sprache;

namespace HaproxyKit.EdgeScript;

/// <summary>
/// The grammar of one statement: a <c>listen</c> up to the end of its line or to its brace, and one line of its block. Every choice is made
/// on one word, nothing is read twice, and nothing refers to itself: the work is proportional to the number of words.
/// </summary>
/// <remarks>
/// <code>
/// listen = "listen" port "as" name ( "{" | target [ check ] )
/// clause = target | check
/// target = "to" ( "phone-home" | address { "," address } ) "port" port
/// check  = "check" { "every" time | "fall" count | "rise" count }
/// </code>
/// </remarks>
internal static class EdgeGrammar
{
    /// <summary>Nothing more on this line.</summary>
    internal static readonly Expectation LineEnd = new("the end of the line");

    /// <summary>The brace that closes a block.</summary>
    internal static readonly Expectation BlockEnd = new("'}'");

    /// <summary>The word that says where traffic goes.</summary>
    internal static readonly Expectation Target = new($"'{EdgeWords.To}'", EdgeWords.To);

    // Which words are values is told by their first letter or by the few words that would otherwise be swallowed, so that a forgotten value
    // is noticed at its own place. Whether a value is right is judged later, when its statement is known to be whole.
    private static readonly Parser<EdgeWord> Port = Value("a port from 1 to 65535", BeginsWithDigit);
    private static readonly Parser<EdgeWord> Count = Value("a count such as 3", BeginsWithDigit);
    private static readonly Parser<EdgeWord> Time = Value("a time such as 2s", BeginsWithDigit);
    private static readonly Parser<EdgeWord> Name = Value("a name", word => !word.SequenceEqual("to"u8));
    private static readonly Parser<EdgeWord> Address =
        Value("an address", word => !word.SequenceEqual("port"u8) && !word.SequenceEqual("phone-home"u8));

    private static readonly Parser<EdgeWord> Comma = Fixed(EdgeTokenKind.Comma, ",");
    private static readonly Parser<EdgeWord> OpenBrace = Fixed(EdgeTokenKind.OpenBrace, "{");

    private static readonly Parser<ImmutableArray<EdgeWord>> Nodes =
        Keyword(EdgeWords.PhoneHome).Return(ImmutableArray<EdgeWord>.Empty)
            .XOr(Address.XDelimitedBy(Comma).Select(addresses => addresses.ToImmutableArray()));

    private static readonly Parser<EdgeTarget> ToClause =
        from to in Keyword(EdgeWords.To)
        from nodes in Nodes
        from word in Keyword(EdgeWords.Port)
        from port in Port
        select new EdgeTarget(TextSpan.Between(to.Span.Start, port.Span.End), nodes, port);

    private static readonly Parser<EdgeCheckOption> CheckOption =
        Option(EdgeWords.Every, Time).XOr(Option(EdgeWords.Fall, Count)).XOr(Option(EdgeWords.Rise, Count));

    private static readonly Parser<CheckClause> Check =
        from word in Keyword(EdgeWords.Check)
        from options in CheckOption.XMany()
        select new CheckClause(word, [.. options]);

    private static readonly Parser<ListenHeader> ListenLine =
        from listen in Keyword(EdgeWords.Listen)
        from port in Port
        from word in Keyword(EdgeWords.As)
        from name in Name
        from rest in OpenBrace.Return(default(EdgeClause)).XOr(InlineClauses())
        from end in End
        select new ListenHeader(port, name, rest.Target, rest.Check);

    private static readonly Parser<EdgeClause> ClauseLine =
        from clause in ToClause.Select(target => new EdgeClause(target, null)).XOr(Check.Select(check => new EdgeClause(null, check)))
        from end in End
        select clause;

    private static Parser<EdgeWord> End => input =>
    {
        if (input.AtEnd)
        {
            return Result.Success(default(EdgeWord), input);
        }

        return Missing((WordInput)input, LineEnd);
    };

    /// <summary>Reads a statement outside all blocks.</summary>
    internal static IResult<ListenHeader> ReadListen(StatementReading reading) => ListenLine(new WordInput(reading, 0));

    /// <summary>Reads a statement of a <c>listen</c> block.</summary>
    internal static IResult<EdgeClause> ReadClause(StatementReading reading) => ClauseLine(new WordInput(reading, 0));

    private static Parser<EdgeClause> InlineClauses() =>
        from target in ToClause
        from check in Check.XOptional()
        select new EdgeClause(target, check.GetOrDefault());

    private static Parser<EdgeCheckOption> Option(string keyword, Parser<EdgeWord> value) =>
        from word in Keyword(keyword)
        from written in value
        select new EdgeCheckOption(word, written);

    private static Parser<EdgeWord> Keyword(string keyword) => Fixed(EdgeTokenKind.Word, keyword);

    private static Parser<EdgeWord> Fixed(EdgeTokenKind kind, string written)
    {
        var bytes = Encoding.ASCII.GetBytes(written);
        var expectation = new Expectation($"'{written}'", kind == EdgeTokenKind.Word ? written : null);
        return Terminal(expectation, kind, word => word.SequenceEqual(bytes), _ => written);
    }

    private static Parser<EdgeWord> Value(string label, WordTest accepts) =>
        Terminal(new Expectation(label), EdgeTokenKind.Word, accepts, word => Encoding.UTF8.GetString(word));

    private static Parser<EdgeWord> Terminal(Expectation expectation, EdgeTokenKind kind, WordTest accepts, WordText read) => input =>
    {
        var words = (WordInput)input;
        if (!words.AtEnd && words.Token is var token && token.Kind == kind && words.Reading.BytesOf(token) is var bytes && accepts(bytes))
        {
            return Result.Success(new EdgeWord(read(bytes), token.Span), words.Advance());
        }

        return Missing(words, expectation);
    };

    private static IResult<EdgeWord> Missing(WordInput input, Expectation expectation)
    {
        input.Reading.Expect(input.Position, expectation);
        return Result.Failure<EdgeWord>(input, "", expectation.Labels);
    }

    private static bool BeginsWithDigit(ReadOnlySpan<byte> word) => char.IsAsciiDigit((char)word[0]);

    private delegate bool WordTest(ReadOnlySpan<byte> word);

    private delegate string WordText(ReadOnlySpan<byte> word);
}
