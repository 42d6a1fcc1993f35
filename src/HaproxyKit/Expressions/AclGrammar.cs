using System.Text;
using Sprache;

namespace HaproxyKit.Expressions;

/// <summary>
/// The grammar of conditions and ACLs, over words. Every choice is made on one word, nothing is read twice and nothing refers to itself:
/// HAProxy's conditions do not nest.
/// </summary>
/// <remarks>
/// <code>
/// condition  = ( "if" | "unless" ) terms
/// terms      = { "!" | "or" | "||" | name | "{" expression "}" }
/// definition = name expression
/// expression = sample { "-i" | "-n" | "-M" | ( "-f" | "-m" | "-u" ) value } [ "--" ] { pattern }
/// </code>
/// </remarks>
internal static class AclGrammar
{
    /// <summary>The inside of an anonymous ACL, or what follows the name of an <c>acl</c> line.</summary>
    internal static readonly Parser<AclExpression> Expression = ExpressionOf(isInBraces: false);

    private static readonly Parser<AclExpression> ExpressionInBraces = ExpressionOf(isInBraces: true);

    private static readonly Parser<WrittenWord> CloseBrace = Word((word, _) =>
        word.Value == "}" ? null : new ExpressionError(ExpressionErrorKind.UnclosedBrace, 0), ExpressionErrorKind.UnclosedBrace);

    private static readonly Parser<AclStep> Step = Choose(word => Meaning(word.Value) switch
    {
        "" => Mark,
        "{" => Anonymous,
        "}" => Mistaken<AclStep>(ExpressionErrorKind.UnopenedBrace, Marks(word.Value)),
        "||" => Or,
        var name when name.Equals("or", StringComparison.OrdinalIgnoreCase) => Or,
        _ => Reference,
    });

    /// <summary>The terms of a condition, without what stands before them.</summary>
    internal static readonly Parser<AclCondition> Terms = Step.XMany().Select(steps => AclAssembly.Assemble(steps));

    /// <summary>A condition.</summary>
    internal static readonly Parser<AclCondition> Condition =
        from polarity in Word(
            (word, _) => word.Value is "if" or "unless" ? null : new ExpressionError(ExpressionErrorKind.MissingIf, 0),
            ExpressionErrorKind.MissingIf)
        from terms in Terms
        select terms with
        {
            Polarity = polarity.Value == "if" ? AclPolarity.If : AclPolarity.Unless,
            PolarityWord = polarity,
        };

    /// <summary>What follows the keyword <c>acl</c>.</summary>
    internal static readonly Parser<AclDefinition> Definition =
        from name in Word(
            (word, _) => NameFaultOf(word.Value, 0) ?? (word.Value.Equals("or", StringComparison.OrdinalIgnoreCase)
                ? new ExpressionError(ExpressionErrorKind.ReservedAclName, 0)
                : null),
            ExpressionErrorKind.MissingAclName)
        from expression in Expression
        select new AclDefinition(name.Value, expression) { NameWord = name };

    private static Parser<AclStep> Mark => Any.Select(word => new AclStep(word, null, IsOr: false));

    private static Parser<AclStep> Or => Any.Select(word => new AclStep(word, null, IsOr: true));

    private static Parser<AclStep> Reference =>
        Word((word, _) => NameFaultOf(Meaning(word.Value), Marks(word.Value)), ExpressionErrorKind.None)
            .Select(word => new AclStep(word, new AclReference(Meaning(word.Value)) { LeadWord = word }, IsOr: false));

    private static Parser<AclStep> Anonymous =>
        from open in Any
        from expression in ExpressionInBraces
        from close in CloseBrace
        select new AclStep(open, new AnonymousAcl(expression) { LeadWord = open, CloseWord = close }, IsOr: false);

    private static Parser<WrittenWord> Any => Word((_, _) => null, ExpressionErrorKind.None);

    private static Parser<AclExpression> ExpressionOf(bool isInBraces)
    {
        var missing = isInBraces ? ExpressionErrorKind.UnclosedBrace : ExpressionErrorKind.MissingFetch;
        var flag = FlagOf(isInBraces);
        var pattern = Choose(word => isInBraces && word.Value == "}" ? null : Any);
        return
            from sample in Sample(isInBraces, missing)
            from flags in flag.XMany()
            from end in Choose(word => word.Value == "--" ? Any : null).XOptional()
            from patterns in pattern.XMany()
            select new AclExpression(sample.Tree)
            {
                SampleWord = sample.Word,
                Flags = flags.ToExpressionList(),
                EndsFlags = end.IsDefined,
                EndOfFlagsWord = end.GetOrDefault(),
                FirstPatternWord = patterns.FirstOrDefault(),
                Patterns = patterns.Select(word => new AclPattern(word)).ToExpressionList(),
            };
    }

    private static Parser<(SampleExpression Tree, WrittenWord Word)> Sample(bool isInBraces, ExpressionErrorKind missing) => input =>
    {
        var words = (AclInput)input;
        words.Reading.HasFile = false;
        if (FaultOf(words, missing) is { IsError: true } fault)
        {
            return Fail<(SampleExpression, WrittenWord)>(words, fault);
        }

        var result = isInBraces && words.Value == "}"
            ? new ExpressionResult<SampleExpression>(null, new ExpressionError(ExpressionErrorKind.MissingFetch, 0))
            : SampleExpression.Parse(words.Value);
        return result.IsSuccess
            ? Result.Success((result.Value, words.Word), words.Advance())
            : Fail<(SampleExpression, WrittenWord)>(words, result.Error);
    };

    private static Parser<AclFlag> FlagOf(bool isInBraces)
    {
        var missing = isInBraces ? ExpressionErrorKind.UnclosedBrace : ExpressionErrorKind.MissingFlagValue;
        return Choose(word => word.Value switch
        {
            "--" => null,
            "-i" or "-n" or "-M" => Any.Select(name => new AclFlag(name, null)),
            "-f" or "-m" or "-u" =>
                from name in Word(
                    (name, reading) => name.Value == "-m" && reading.HasFile
                        ? new ExpressionError(ExpressionErrorKind.MatchMethodAfterFile, 0)
                        : null,
                    ExpressionErrorKind.None)
                from value in Word(
                    (value, reading) => JudgeValue(name.Value, value.Value, isInBraces, reading),
                    missing,
                    ExpressionErrorKind.MissingFlagValue)
                select new AclFlag(name, value),
            ['-', ..] => Mistaken<AclFlag>(ExpressionErrorKind.UnknownAclFlag, 0),
            _ => null,
        });
    }

    private static ExpressionError? JudgeValue(string flag, string value, bool isInBraces, AclReading reading)
    {
        reading.HasFile |= flag == "-f";
        return isInBraces && value == "}" ? new ExpressionError(ExpressionErrorKind.MissingFlagValue, 0)
            : flag == "-m" && !AclMatchMethods.TryParse(Encoding.UTF8.GetBytes(value), out _)
                ? new ExpressionError(ExpressionErrorKind.UnknownMatchMethod, 0)
            : flag == "-u" && !AclScanner.IsNumber(Encoding.UTF8.GetBytes(value)) ? new ExpressionError(ExpressionErrorKind.InvalidAclId, 0)
            : null;
    }

    private static ExpressionError? NameFaultOf(string name, int offset) =>
        Encoding.UTF8.GetBytes(name).AsSpan().IndexOfAnyExcept(ExpressionBytes.AclNames) is >= 0 and var invalid
            ? new ExpressionError(ExpressionErrorKind.InvalidAclName, offset + invalid)
            : null;

    private static int Marks(string word) => word.Length - word.TrimStart('!').Length;

    private static string Meaning(string word) => word.TrimStart('!');

    /// <summary>The parser that the word which comes next decides; none for a word that begins nothing here, and at the end.</summary>
    private static Parser<T> Choose<T>(Func<WrittenWord, Parser<T>?> choose) => input =>
    {
        var words = (AclInput)input;
        if (words.AtEnd)
        {
            return Result.Failure<T>(input, "", []);
        }

        var fault = FaultOf(words, ExpressionErrorKind.None);
        return fault.IsError ? Fail<T>(words, fault)
            : choose(words.Word) is { } parser ? parser(input)
            : Result.Failure<T>(input, "", []);
    };

    /// <summary>One word that must come here.</summary>
    private static Parser<WrittenWord> Word(
        Func<WrittenWord, AclReading, ExpressionError?> judge,
        ExpressionErrorKind missing,
        ExpressionErrorKind empty = ExpressionErrorKind.EmptyWord) => input =>
    {
        var words = (AclInput)input;
        var fault = FaultOf(words, missing, empty);
        return fault.IsError ? Fail<WrittenWord>(words, fault)
            : judge(words.Word, words.Reading) is { } mistake ? Fail<WrittenWord>(words, mistake)
            : Result.Success(words.Word, words.Advance());
    };

    private static Parser<T> Mistaken<T>(ExpressionErrorKind kind, int position) =>
        input => Fail<T>((AclInput)input, new ExpressionError(kind, position));

    private static ExpressionError FaultOf(
        AclInput words, ExpressionErrorKind missing, ExpressionErrorKind empty = ExpressionErrorKind.EmptyWord)
    {
        if (words.AtEnd)
        {
            return new ExpressionError(missing, 0);
        }

        var nul = words.Value.IndexOf('\0', StringComparison.Ordinal);
        return nul >= 0 ? new ExpressionError(ExpressionErrorKind.NulByte, Encoding.UTF8.GetByteCount(words.Value.AsSpan(0, nul)))
            : words.Value.Length == 0 ? new ExpressionError(empty, 0)
            : default;
    }

    private static IResult<T> Fail<T>(AclInput input, ExpressionError error)
    {
        input.Reading.Fail(error.Kind, error.Position, input.Position);
        return Result.Failure<T>(input.AtEnd ? input : input.Advance(), "", []);
    }
}
