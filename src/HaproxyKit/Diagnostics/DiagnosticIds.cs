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

    // HK31xx analysis: names
    /// <summary>HK3101: a name is given twice where HAProxy tells things apart by it.</summary>
    public const string DuplicateName = "HK3101";

    /// <summary>HK3102: <c>from</c> names no <c>defaults</c> section that stands before, or several.</summary>
    public const string UndefinedDefaults = "HK3102";

    /// <summary>HK3103: a condition names an ACL that its section has not defined before.</summary>
    public const string UndefinedAcl = "HK3103";

    /// <summary>HK3104: a line refers to a proxy, server or section that does not exist.</summary>
    public const string UndefinedReference = "HK3104";

    /// <summary>HK3105: <c>global</c> says twice what HAProxy takes once.</summary>
    public const string RepeatedSetting = "HK3105";

    /// <summary>HK3106: <c>bind</c> with <c>ssl</c> has no certificate.</summary>
    public const string MissingCertificate = "HK3106";

    /// <summary>HK3107: a section lacks a line that HAProxy wants in it.</summary>
    public const string MissingLine = "HK3107";

    /// <summary>HK3108: a server is checked, and no port is known for that.</summary>
    public const string MissingCheckPort = "HK3108";

    /// <summary>HK3109: a proxy sends its connections to itself, or to a proxy of another mode.</summary>
    public const string UnfitBackend = "HK3109";

    /// <summary>HK3110: a server's certificate is to be verified, and no authority is named for that.</summary>
    public const string MissingAuthority = "HK3110";

    /// <summary>HK3111: a rule stands behind others that HAProxy carries out after it.</summary>
    public const string RuleOrder = "HK3111";

    /// <summary>HK3112: no condition uses an ACL.</summary>
    public const string UnusedAcl = "HK3112";

    /// <summary>HK3113: HAProxy cannot read the condition behind <c>.if</c> or <c>.elif</c>.</summary>
    public const string InvalidPreprocessorCondition = "HK3113";

    /// <summary>HK3114: a condition can never hold.</summary>
    public const string NeverMatches = "HK3114";

    /// <summary>HK3115: an ACL never matches where it is used.</summary>
    public const string IncompatibleAcl = "HK3115";

    /// <summary>HK3116: a step of a health check stands where HAProxy refuses it.</summary>
    public const string CheckOrder = "HK3116";

    /// <summary>HK3117: a section takes over rules of its defaults that HAProxy does not give it.</summary>
    public const string UnfitDefaults = "HK3117";

    // HK32xx analysis: keywords and values
    /// <summary>HK3201: a line begins with no keyword that HAProxy knows.</summary>
    public const string UnknownKeyword = "HK3201";

    /// <summary>HK3202: a keyword stands in a section where HAProxy refuses it.</summary>
    public const string KeywordInWrongSection = "HK3202";

    /// <summary>HK3203: a keyword is newer than the HAProxy that is meant, or was removed before it.</summary>
    public const string KeywordOfOtherVersion = "HK3203";

    /// <summary>HK3204: a word is deprecated in the HAProxy that is meant.</summary>
    public const string DeprecatedKeyword = "HK3204";

    /// <summary>HK3205: a line ends too early.</summary>
    public const string MissingArgument = "HK3205";

    /// <summary>HK3206: a word cannot stand where it does, or is one too many.</summary>
    public const string UnexpectedArgument = "HK3206";

    /// <summary>HK3211: a number is malformed or out of range.</summary>
    public const string InvalidNumber = "HK3211";

    /// <summary>HK3212: a time is malformed or too long.</summary>
    public const string InvalidTime = "HK3212";

    /// <summary>HK3213: a size is malformed or too large.</summary>
    public const string InvalidSize = "HK3213";

    /// <summary>HK3214: an address is malformed.</summary>
    public const string InvalidAddress = "HK3214";

    /// <summary>HK3215: a line gives a name that HAProxy refuses.</summary>
    public const string InvalidName = "HK3215";

    /// <summary>HK3216: octal or hexadecimal digits are malformed.</summary>
    public const string InvalidDigits = "HK3216";

    /// <summary>HK3217: the name of a variable is malformed.</summary>
    public const string InvalidVariable = "HK3217";

    /// <summary>HK3218: a regular expression is malformed.</summary>
    public const string InvalidRegex = "HK3218";

    /// <summary>HK3220: a sample expression is malformed.</summary>
    public const string InvalidExpression = "HK3220";

    /// <summary>HK3221: there is no such sample fetch or converter.</summary>
    public const string UnknownSample = "HK3221";

    /// <summary>HK3222: a sample fetch or converter gets wrong arguments.</summary>
    public const string WrongSampleArguments = "HK3222";

    /// <summary>HK3223: a converter gets a type that it does not take.</summary>
    public const string SampleTypeMismatch = "HK3223";

    /// <summary>HK3224: a sample fetch has nothing to say where it is evaluated.</summary>
    public const string SampleNotAvailable = "HK3224";

    /// <summary>HK3225: a log format is malformed or names an unknown alias.</summary>
    public const string InvalidLogFormat = "HK3225";

    /// <summary>HK3226: a condition or an ACL is malformed.</summary>
    public const string InvalidCondition = "HK3226";

    /// <summary>HK3227: a pattern of an ACL does not fit to what it is compared with.</summary>
    public const string InvalidAclPattern = "HK3227";

    // HK33xx analysis: smells
    /// <summary>HK3301: the statistics page asks for no password.</summary>
    public const string StatsWithoutAuth = "HK3301";

    /// <summary>HK3302: the statistics page is served on all addresses.</summary>
    public const string StatsOnAllAddresses = "HK3302";

    /// <summary>HK3303: more people than meant may command HAProxy over its socket.</summary>
    public const string OpenAdminSocket = "HK3303";

    /// <summary>HK3304: a server's certificate is not verified.</summary>
    public const string VerifyNone = "HK3304";

    /// <summary>HK3305: a password stands in the file as it is typed.</summary>
    public const string PlainPassword = "HK3305";

    /// <summary>HK3306: a proxy has no limit on how long it waits.</summary>
    public const string MissingTimeout = "HK3306";

    /// <summary>HK3307: a rule stands behind one that ends its ruleset always.</summary>
    public const string UnreachableRule = "HK3307";

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

    // HK5xxx mappings
    /// <summary>HK5001: so many callers are silent that no node is taken out for its lease.</summary>
    public const string LeasesHeld = "HK5001";

    /// <summary>HK5002: a mapping's last node is kept though nobody calls for it, since it answers.</summary>
    public const string LastNodeKept = "HK5002";

    /// <summary>HK5003: the state folder could not keep what HAProxy serves, which changes nothing of what is served.</summary>
    public const string StateNotWritten = "HK5003";

    /// <summary>HK5004: an operator keeps nodes of a mapping out of service at run time.</summary>
    public const string NodeHeldByOperator = "HK5004";

    /// <summary>HK5005: settings or a file of tokens cannot be used; what they said before counts.</summary>
    public const string TokensKept = "HK5005";

    /// <summary>HK5006: no token is known any more, so that nobody can call.</summary>
    public const string NoToken = "HK5006";

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

    /// <summary>HK7011: no <c>hard-stop-after</c> in <c>global</c>, so that a long session keeps an old worker after a reload.</summary>
    public const string NoHardStop = "HK7011";

    /// <summary>HK7012: a stick table names no <c>peers</c>, so that each reload empties it.</summary>
    public const string StickTableWithoutPeers = "HK7012";

    /// <summary>HK7021: what somebody set at run time, or a server that is down, was kept over a reload, or could not be.</summary>
    public const string StateKept = "HK7021";

    /// <summary>HK7022: HAProxy refuses a change that it was asked about only after it was made; it is undone.</summary>
    public const string RefusedAfterwards = "HK7022";

    /// <summary>HK7023: somebody else's lines are in the file that HAProxy has not loaded yet, and a reload makes them live.</summary>
    public const string LinesNotLoaded = "HK7023";
}
