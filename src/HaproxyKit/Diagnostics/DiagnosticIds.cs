namespace HaproxyKit.Diagnostics;

/// <summary>The ids of all diagnostics, by layer: an id never changes its meaning.</summary>
public static class DiagnosticIds
{
    // HK1xxx lexical
    /// <summary>HK1001: a quote is opened and not closed on its line.</summary>
    public const string UnmatchedQuote = "HK1001";

    /// <summary>HK1002: <c>\x</c> is not followed by two hexadecimal digits.</summary>
    public const string InvalidHexEscape = "HK1002";

    /// <summary>
    /// HK1003: inside double quotes, <c>$</c> is not followed by the name of an environment variable.
    /// </summary>
    public const string InvalidVariableName = "HK1003";

    /// <summary>
    /// HK1004: <c>${</c> is not closed, or holds something other than a name, <c>[*]</c> and a default.
    /// </summary>
    public const string UnmatchedBrace = "HK1004";

    /// <summary>HK1005: a line has more than 64 words.</summary>
    public const string TooManyWords = "HK1005";

    /// <summary>HK1006: a line holds a NUL byte; HAProxy ignores what follows it and refuses the file.</summary>
    public const string StrayNul = "HK1006";

    /// <summary>HK1007: the last line does not end in LF.</summary>
    public const string MissingFinalNewline = "HK1007";

    /// <summary>HK1008: a CR inside a line hides what follows it.</summary>
    public const string TextAfterCarriageReturn = "HK1008";

    /// <summary>HK1009: a word is empty; HAProxy 3.3 and later refuse it, earlier ones end the line there.</summary>
    public const string EmptyWord = "HK1009";

    /// <summary>
    /// HK1010: the file begins with a UTF-8 byte order mark, which HAProxy takes for a part of the first word.
    /// </summary>
    public const string ByteOrderMark = "HK1010";

    /// <summary>HK1011: a line that begins with <c>[</c> is not a scope of the form <c>[name]</c>.</summary>
    public const string InvalidScope = "HK1011";

    // HK2xxx structure
    /// <summary>HK2001: a directive stands before the first section.</summary>
    public const string DirectiveOutsideSection = "HK2001";

    /// <summary>HK2002: a <c>.if</c> is not closed by <c>.endif</c> before the end of the file.</summary>
    public const string UnclosedCondition = "HK2002";

    /// <summary>
    /// HK2003: <c>.elif</c>, <c>.else</c> or <c>.endif</c> has no open <c>.if</c>, or stands after <c>.else</c>.
    /// </summary>
    public const string UnexpectedCondition = "HK2003";

    /// <summary>HK2004: a line begins with a dot and is no directive that HAProxy knows.</summary>
    public const string UnknownDotDirective = "HK2004";

    /// <summary>HK2005: <c>.if</c> is nested more than 99 deep.</summary>
    public const string ConditionsTooDeep = "HK2005";

    /// <summary>HK2006: a section that needs a name has none, or one that HAProxy refuses.</summary>
    public const string InvalidSectionName = "HK2006";

    /// <summary>HK2007: a dot directive has an argument too many.</summary>
    public const string UnexpectedConditionArgument = "HK2007";

    /// <summary>HK2008: <c>no</c> or <c>default</c> stands alone on its line.</summary>
    public const string ModifierAlone = "HK2008";

    // HK4xxx edge script
    /// <summary>HK4001: a statement of an edge script is not understood.</summary>
    public const string EdgeScriptSyntax = "HK4001";

    /// <summary>HK4002: a value in an edge script is out of range or malformed.</summary>
    public const string EdgeScriptValue = "HK4002";

    /// <summary>HK4003: a port or a name is used twice in an edge script.</summary>
    public const string EdgeScriptDuplicate = "HK4003";

    /// <summary>HK4004: the blocks of an edge script are nested more than 64 deep.</summary>
    public const string EdgeScriptNesting = "HK4004";

    /// <summary>HK4005: one statement of an edge script says the same thing twice.</summary>
    public const string EdgeScriptRepetition = "HK4005";

    // HK7xxx reload and runtime
    /// <summary>HK7001: a message of HAProxy's own configuration check.</summary>
    public const string HaproxyMessage = "HK7001";

    /// <summary>HK7002: the configuration has no bind; HAProxy would close every listener.</summary>
    public const string NoListener = "HK7002";

    /// <summary>HK7003: an address to bind cannot be had.</summary>
    public const string BindUnavailable = "HK7003";

    /// <summary>HK7004: the Runtime API refused a command, or its effect is not what was wanted.</summary>
    public const string RuntimeRefused = "HK7004";

    /// <summary>HK7005: the reload failed, or the new worker does not serve.</summary>
    public const string ReloadFailed = "HK7005";

    /// <summary>HK7006: HAProxy cannot be reached.</summary>
    public const string HaproxyUnreachable = "HK7006";

    /// <summary>HK7007: the operator's own lines are refused; the change at hand is not to blame.</summary>
    public const string OperatorConfigurationInvalid = "HK7007";

    /// <summary>HK7008: the file changed again and again while it was being replaced.</summary>
    public const string FileContended = "HK7008";

    /// <summary>
    /// HK7009: a change could not be undone, so that file and HAProxy differ until the next deployment.
    /// </summary>
    public const string NotUndone = "HK7009";

    /// <summary>HK7010: HAProxy could not open as many descriptors as the configuration needs.</summary>
    public const string TooManyDescriptors = "HK7010";
}
