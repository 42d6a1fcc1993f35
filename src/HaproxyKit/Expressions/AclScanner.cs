using System.Text;

namespace HaproxyKit.Expressions;

/// <summary>
/// Says what each word of a condition or of an <c>acl</c> line is, one word after the other, without allocating (configuration manual,
/// chapters 7.1 and 7.2). It knows the syntax and no names: which ACLs, fetches and ACL keywords exist is for others to judge.
/// </summary>
/// <remarks>
/// <code>
/// condition  = [ "if" | "unless" ] { "!" | "or" | "||" | { "!" } ( name | "{" expression "}" ) }
/// definition = name expression
/// expression = sample { flag [ value ] } [ "--" ] { pattern }
/// </code>
/// A brace is one only as a word of its own (<c>!{</c> aside). Terms side by side are all required; <c>or</c> begins another alternative.
/// </remarks>
public struct AclScanner
{
    private State _state;
    private int _words;
    private byte _flag;
    private bool _isInBraces;
    private bool _hasFile;

    private enum State : byte
    {
        Polarity,
        Terms,
        DefinitionName,
        Sample,
        Flags,
        FlagValue,
        Patterns,
        Over,
    }

    /// <summary>What the last word is.</summary>
    public AclWordRole Role { get; private set; }

    /// <summary>How many <c>!</c> stand before what the last word says; they are no part of the name or brace behind them.</summary>
    public int Offset { get; private set; }

    /// <summary>Whether the term that begins or continues with the last word is negated.</summary>
    public bool IsNegated { get; private set; }

    /// <summary>The matching method that the ACL being read names.</summary>
    public AclMatchMethod Method { get; private set; }

    /// <summary>What ended the walk too early; no error while it goes on and where the words are right.</summary>
    public ExpressionError Error { get; private set; }

    /// <summary>Begins before a condition.</summary>
    /// <param name="hasPolarity">Whether <c>if</c> or <c>unless</c> must be the first word; else the terms begin at once.</param>
    /// <returns>A scanner before its first word.</returns>
    public static AclScanner OfCondition(bool hasPolarity = true) =>
        new() { _state = hasPolarity ? State.Polarity : State.Terms };

    /// <summary>Begins before what follows the keyword <c>acl</c>: the name, the sample, flags and patterns.</summary>
    /// <returns>A scanner before its first word.</returns>
    public static AclScanner OfDefinition() => new() { _state = State.DefinitionName };

    /// <summary>Begins before the inside of an anonymous ACL or behind the name of an <c>acl</c> line.</summary>
    /// <returns>A scanner before its first word.</returns>
    public static AclScanner OfExpression() => new() { _state = State.Sample };

    /// <summary>Begins behind the sample of such a line: with flags and patterns.</summary>
    internal static AclScanner BehindSample() => new() { _state = State.Flags };

    /// <summary>Takes the next word.</summary>
    /// <param name="word">The word's value, its quotes and escapes resolved.</param>
    /// <returns>False at an <see cref="Error"/>; then nothing more is read.</returns>
    public bool Next(ReadOnlySpan<byte> word)
    {
        if (_state == State.Over)
        {
            return false;
        }

        Offset = 0;
        var nul = word.IndexOf((byte)0);
        var isRead = nul >= 0 ? Fail(ExpressionErrorKind.NulByte, nul)
            : word.IsEmpty && _state != State.FlagValue ? Fail(ExpressionErrorKind.EmptyWord, 0)
            : Read(word);
        _words++;
        return isRead;
    }

    /// <summary>Ends the walk behind the last word.</summary>
    /// <returns>False where something is missing; <see cref="Error"/> then says what, at position 0 of the word that would follow.</returns>
    public bool End() => _state switch
    {
        State.Over => false,
        State.Polarity => Fail(ExpressionErrorKind.MissingIf, 0),
        State.DefinitionName => Fail(ExpressionErrorKind.MissingAclName, 0),
        _ when _isInBraces => Fail(ExpressionErrorKind.UnclosedBrace, 0),
        State.Sample => Fail(ExpressionErrorKind.MissingFetch, 0),
        State.FlagValue => Fail(ExpressionErrorKind.MissingFlagValue, 0),
        _ => true,
    };

    private bool Read(ReadOnlySpan<byte> word) => _state switch
    {
        State.Polarity => ReadPolarity(word),
        State.Terms => ReadTerm(word),
        State.DefinitionName => ReadDefinitionName(word),
        _ when _isInBraces && word.SequenceEqual("}"u8) => CloseBrace(),
        State.Sample => ReadSample(word),
        State.Flags when word[0] == '-' => ReadFlag(word),
        State.FlagValue => ReadFlagValue(word),
        _ => Take(AclWordRole.Pattern, State.Patterns),
    };

    private bool ReadPolarity(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("if"u8) ? Take(AclWordRole.If, State.Terms)
        : word.SequenceEqual("unless"u8) ? Take(AclWordRole.Unless, State.Terms)
        : Fail(ExpressionErrorKind.MissingIf, 0);

    private bool ReadTerm(ReadOnlySpan<byte> word)
    {
        if (Role is not AclWordRole.Negation)
        {
            IsNegated = false;
        }

        Offset = word.IndexOfAnyExcept((byte)'!') is >= 0 and var length ? length : word.Length;
        IsNegated ^= (Offset & 1) != 0;
        var rest = word[Offset..];
        if (rest.IsEmpty)
        {
            return Take(AclWordRole.Negation, State.Terms);
        }

        if (rest.SequenceEqual("||"u8) || Ascii.EqualsIgnoreCase(rest, "or"u8))
        {
            IsNegated = false;
            return Take(AclWordRole.Or, State.Terms);
        }

        if (rest.SequenceEqual("{"u8))
        {
            (_isInBraces, _hasFile, Method) = (true, false, AclMatchMethod.Unspecified);
            return Take(AclWordRole.OpenBrace, State.Sample);
        }

        if (rest.SequenceEqual("}"u8))
        {
            return Fail(ExpressionErrorKind.UnopenedBrace, Offset);
        }

        var invalid = rest.IndexOfAnyExcept(ExpressionBytes.AclNames);
        return invalid >= 0
            ? Fail(ExpressionErrorKind.InvalidAclName, Offset + invalid)
            : Take(AclWordRole.Name, State.Terms);
    }

    private bool ReadDefinitionName(ReadOnlySpan<byte> word)
    {
        var invalid = word.IndexOfAnyExcept(ExpressionBytes.AclNames);
        return invalid >= 0 ? Fail(ExpressionErrorKind.InvalidAclName, invalid)
            : Ascii.EqualsIgnoreCase(word, "or"u8) ? Fail(ExpressionErrorKind.ReservedAclName, 0)
            : Take(AclWordRole.Name, State.Sample);
    }

    private bool ReadSample(ReadOnlySpan<byte> word)
    {
        var sample = new SampleExpressionScanner(word);
        while (sample.MoveNext())
        {
        }

        return sample.Error.IsError
            ? Fail(sample.Error.Kind, sample.Error.Position)
            : Take(AclWordRole.Sample, State.Flags);
    }

    private bool ReadFlag(ReadOnlySpan<byte> word)
    {
        _flag = word.Length == 2 ? word[1] : (byte)0;
        return _flag switch
        {
            (byte)'-' => Take(AclWordRole.EndOfFlags, State.Patterns),
            (byte)'i' or (byte)'n' or (byte)'M' => Take(AclWordRole.Flag, State.Flags),
            (byte)'m' when _hasFile => Fail(ExpressionErrorKind.MatchMethodAfterFile, 0),
            (byte)'m' or (byte)'f' or (byte)'u' => Take(AclWordRole.Flag, State.FlagValue),
            _ => Fail(ExpressionErrorKind.UnknownAclFlag, 0),
        };
    }

    private bool ReadFlagValue(ReadOnlySpan<byte> word)
    {
        if (word.IsEmpty)
        {
            return Fail(ExpressionErrorKind.MissingFlagValue, 0);
        }

        _hasFile |= _flag == 'f';
        if (_flag == 'm')
        {
            var isKnown = AclMatchMethods.TryParse(word, out var method);
            Method = method;
            return isKnown ? Take(AclWordRole.FlagValue, State.Flags) : Fail(ExpressionErrorKind.UnknownMatchMethod, 0);
        }

        return _flag == 'u' && !IsNumber(word)
            ? Fail(ExpressionErrorKind.InvalidAclId, 0)
            : Take(AclWordRole.FlagValue, State.Flags);
    }

    // Read by strtol: blanks and a sign may stand before the digits.
    internal static bool IsNumber(ReadOnlySpan<byte> word)
    {
        var digits = word.TrimStart(" \t\n\v\f\r"u8);
        digits = !digits.IsEmpty && digits[0] is (byte)'-' or (byte)'+' ? digits[1..] : digits;
        return !digits.IsEmpty && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    private bool CloseBrace()
    {
        if (_state is State.Sample)
        {
            return Fail(ExpressionErrorKind.MissingFetch, 0);
        }

        if (_state is State.FlagValue)
        {
            return Fail(ExpressionErrorKind.MissingFlagValue, 0);
        }

        _isInBraces = false;
        return Take(AclWordRole.CloseBrace, State.Terms);
    }

    private bool Take(AclWordRole role, State next)
    {
        (Role, _state) = (role, next);
        return true;
    }

    private bool Fail(ExpressionErrorKind kind, int position)
    {
        Error = new ExpressionError(kind, position, _words);
        _state = State.Over;
        return false;
    }
}
