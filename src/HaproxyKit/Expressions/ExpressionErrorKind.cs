namespace HaproxyKit.Expressions;

/// <summary>What is wrong in a sample expression, a log format or a condition.</summary>
public enum ExpressionErrorKind
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>The text holds a NUL byte, behind which HAProxy reads nothing.</summary>
    NulByte,

    /// <summary>The text is no valid UTF-8; only the trees ask for that, the scanners take any bytes.</summary>
    InvalidUtf8,

    /// <summary>The name of a sample fetch is expected.</summary>
    MissingFetch,

    /// <summary>The name of a converter is expected behind the comma.</summary>
    MissingConverter,

    /// <summary>A comma or the end is expected behind a fetch or a converter.</summary>
    MissingComma,

    /// <summary>The parenthesis of an argument list is not closed.</summary>
    UnclosedArguments,

    /// <summary>A quote in an argument list is not closed.</summary>
    UnclosedQuote,

    /// <summary>A backslash ends the text inside an argument list.</summary>
    TrailingBackslash,

    /// <summary><c>]</c> is expected behind the expression of <c>%[</c>.</summary>
    UnclosedExpression,

    /// <summary>The text ends behind a <c>%</c>.</summary>
    MissingItem,

    /// <summary>A digit or a blank stands directly behind <c>%</c>.</summary>
    InvalidItem,

    /// <summary>The braces of the flags of a log format's item are not closed.</summary>
    UnclosedFlags,

    /// <summary>Neither an alias nor <c>[</c> stands behind the flags of a log format's item.</summary>
    MissingItemAfterFlags,

    /// <summary>
    /// The name of a log format's item is not closed, or holds something other than letters, digits, <c>_</c> and <c>-</c>.
    /// </summary>
    InvalidItemName,

    /// <summary>The type of a log format's item is not <c>str</c>, <c>sint</c>, <c>bool</c> or <c>raw</c>.</summary>
    InvalidItemType,

    /// <summary>A word is empty; HAProxy takes it for the end of the line.</summary>
    EmptyWord,

    /// <summary>A condition does not begin with <c>if</c> or <c>unless</c>.</summary>
    MissingIf,

    /// <summary>A <c>{</c> has no <c>}</c>, each a word of its own.</summary>
    UnclosedBrace,

    /// <summary>A <c>}</c> has no <c>{</c>.</summary>
    UnopenedBrace,

    /// <summary>The name of an ACL is missing.</summary>
    MissingAclName,

    /// <summary>The name of an ACL holds a character other than <c>A-Z a-z 0-9 . : _ -</c>.</summary>
    InvalidAclName,

    /// <summary>An ACL is named <c>or</c>, which no condition can refer to.</summary>
    ReservedAclName,

    /// <summary>A word before the patterns begins with <c>-</c> and is no flag of an ACL.</summary>
    UnknownAclFlag,

    /// <summary>A flag of an ACL lacks its value.</summary>
    MissingFlagValue,

    /// <summary>The matching method behind <c>-m</c> is not known.</summary>
    UnknownMatchMethod,

    /// <summary>A matching method stands behind a pattern file.</summary>
    MatchMethodAfterFile,

    /// <summary>The identifier behind <c>-u</c> is no number.</summary>
    InvalidAclId,

    /// <summary>A pattern of an integer match is neither a number, a range nor an operator.</summary>
    InvalidInteger,

    /// <summary>The words of the line are at fault before what they say: a quote is not closed, or the like.</summary>
    InvalidWord,

    /// <summary>An address is empty.</summary>
    MissingAddress,

    /// <summary>The port that the place needs is missing.</summary>
    MissingPort,

    /// <summary>A port is no number from 1 to 65535 (a server's may be 0), or a range of ports ends before it begins.</summary>
    InvalidPort,

    /// <summary>A range of ports stands where one port is taken.</summary>
    PortRange,

    /// <summary>An offset of ports stands where only <c>server</c> takes one.</summary>
    PortOffset,

    /// <summary>What stands before the port is neither an IP address nor the name of a host.</summary>
    InvalidHost,

    /// <summary>An address for datagrams stands where connections are taken or made.</summary>
    DatagramAddress,

    /// <summary>The number of a file descriptor is none, or none is taken here.</summary>
    InvalidDescriptor,

    /// <summary>An address for connections stands where datagrams are taken.</summary>
    StreamAddress,

    /// <summary>A unix socket stands where none is taken.</summary>
    UnixAddress,

    /// <summary>A reversed connection stands where none is taken.</summary>
    ReverseAddress,
}
