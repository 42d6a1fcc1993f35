namespace HaproxyKit.Expressions;

/// <summary>What is wrong in an expression, and where: a value, never an exception.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Position">
/// Where something else was expected, in bytes from the start of the text, or of the word where a condition is given as words.
/// </param>
/// <param name="WordIndex">Which word, from 0, where a condition is given as words; else 0.</param>
public readonly record struct ExpressionError(ExpressionErrorKind Kind, int Position, int WordIndex = 0)
{
    /// <summary>Whether this is an error at all; the default value is none.</summary>
    public bool IsError => Kind != ExpressionErrorKind.None;

    /// <summary>What is wrong, as one sentence without a final full stop; empty for no error.</summary>
    public string Message => Kind switch
    {
        ExpressionErrorKind.None => "",
        ExpressionErrorKind.NulByte => "a NUL byte cannot stand in a configuration",
        ExpressionErrorKind.InvalidUtf8 => "the bytes are no valid UTF-8",
        ExpressionErrorKind.MissingFetch => "expected the name of a sample fetch",
        ExpressionErrorKind.MissingConverter => "expected the name of a converter",
        ExpressionErrorKind.MissingComma => "expected ',' and a converter, or the end",
        ExpressionErrorKind.UnclosedArguments => "expected ')'",
        ExpressionErrorKind.UnclosedQuote => "the quote is not closed inside the arguments",
        ExpressionErrorKind.TrailingBackslash => "a backslash must not end the arguments",
        ExpressionErrorKind.UnclosedExpression => "expected ']'",
        ExpressionErrorKind.MissingItem => "expected an alias, '[', '{' or '%' behind '%'",
        ExpressionErrorKind.InvalidItem => "expected an alias, '[', '{' or '%' behind '%'; a percent sign is written '%%'",
        ExpressionErrorKind.UnclosedFlags => "expected '}'",
        ExpressionErrorKind.MissingItemAfterFlags => "expected an alias or '[' behind the flags",
        ExpressionErrorKind.InvalidItemName => "expected ')'; a name is made of letters, digits, '_' and '-'",
        ExpressionErrorKind.InvalidItemType => "expected 'str', 'sint', 'bool' or 'raw'",
        ExpressionErrorKind.EmptyWord => "an empty word ends the line",
        ExpressionErrorKind.MissingIf => "expected 'if' or 'unless'",
        ExpressionErrorKind.UnclosedBrace => "expected '}' as a word of its own",
        ExpressionErrorKind.UnopenedBrace => "'}' closes nothing",
        ExpressionErrorKind.MissingAclName => "expected the name of an ACL",
        ExpressionErrorKind.InvalidAclName => "the name of an ACL is made of letters, digits, '.', ':', '_' and '-'",
        ExpressionErrorKind.ReservedAclName => "an ACL named 'or' can never be referred to",
        ExpressionErrorKind.UnknownAclFlag => "expected -i, -f, -m, -M, -n, -u or --; a pattern that begins with '-' stands behind '--'",
        ExpressionErrorKind.MissingFlagValue => "expected the value of the flag",
        ExpressionErrorKind.UnknownMatchMethod =>
            "expected found, bool, int, ip, bin, len, str, beg, sub, dir, dom, end or reg",
        ExpressionErrorKind.MatchMethodAfterFile => "'-m' must stand before '-f'",
        ExpressionErrorKind.InvalidAclId => "expected a number",
        ExpressionErrorKind.InvalidInteger => "expected a number, a range such as 1:5, or eq, ge, gt, le, lt",
        ExpressionErrorKind.InvalidWord => "the words cannot be read: a quote is not closed, or an escape or a variable is broken",
        ExpressionErrorKind.MissingAddress => "expected an address",
        ExpressionErrorKind.MissingPort => "expected ':' and a port",
        ExpressionErrorKind.InvalidPort => "expected a port from 1 to 65535, or a range of ports in rising order",
        ExpressionErrorKind.PortRange => "a range of ports is not taken here",
        ExpressionErrorKind.PortOffset => "an offset to the port makes sense for servers only",
        ExpressionErrorKind.InvalidHost => "expected an IP address, the name of a host, '*' or nothing before the port",
        ExpressionErrorKind.DatagramAddress => "an address for datagrams is not taken here",
        ExpressionErrorKind.InvalidDescriptor => "expected the number of a file descriptor where one is taken",
        ExpressionErrorKind.StreamAddress => "an address for connections is not taken here",
        ExpressionErrorKind.UnixAddress => "a unix socket is not taken here",
        ExpressionErrorKind.ReverseAddress => "a reversed connection is not taken here",
        _ => Kind.ToString(),
    };

    /// <summary>The message with its place.</summary>
    /// <returns>For example <c>at 4: expected ')'</c>; empty for no error.</returns>
    public override string ToString() => IsError ? $"at {Position}: {Message}" : "";
}
