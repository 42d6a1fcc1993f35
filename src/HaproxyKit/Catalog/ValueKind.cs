namespace HaproxyKit.Catalog;

/// <summary>What a word that is no fixed word of the language means, and so how it is judged and escaped.</summary>
public enum ValueKind : byte
{
    /// <summary>Any word; nothing more is known of it.</summary>
    Word,

    /// <summary>Any words up to the end of the line; nothing more is known of them.</summary>
    Rest,

    /// <summary>Any number of words that HAProxy reads over.</summary>
    Ignored,

    /// <summary>One word that HAProxy reads over.</summary>
    IgnoredWord,

    /// <summary>A name that the line defines: letters, digits and <c>. : _ -</c>.</summary>
    Name,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A whole number as C's <c>atol</c> reads it: what follows the digits does not count, no digits are 0.</summary>
    SloppyNumber,

    /// <summary>A whole number, or a sample expression that gives one.</summary>
    NumberOrExpression,

    /// <summary>A time, or a sample expression that gives one in milliseconds.</summary>
    TimeOrExpression,

    /// <summary>A size, or a sample expression that gives one in bytes.</summary>
    SizeOrExpression,

    /// <summary>A port, or a sample expression that gives one.</summary>
    PortOrExpression,

    /// <summary>Numbers and ranges of them, separated by commas.</summary>
    NumberList,

    /// <summary>A number of octal digits.</summary>
    OctalNumber,

    /// <summary>
    /// Some of a few words, separated by commas: those of <see cref="SignatureSlot.Choices"/>, where <c>address</c> and
    /// <c>network</c> stand for one.
    /// </summary>
    CommaList,

    /// <summary>A time with a unit (chapter 2.5).</summary>
    Time,

    /// <summary>A size with a unit (chapter 2.7).</summary>
    Size,

    /// <summary><c>on</c> or <c>off</c>.</summary>
    OnOff,

    /// <summary>Addresses to listen on, with ports or ranges of them, separated by commas (chapter 11).</summary>
    BindAddress,

    /// <summary>The address of a server.</summary>
    ServerAddress,

    /// <summary>An address to connect from.</summary>
    SourceAddress,

    /// <summary>Where logs go: an address, a socket, <c>ring@NAME</c>, <c>stdout</c>.</summary>
    LogAddress,

    /// <summary>An address, with or without a mask.</summary>
    Network,

    /// <summary>A port.</summary>
    Port,

    /// <summary>A log format (chapter 8.2.6).</summary>
    LogFormat,

    /// <summary>
    /// A sample fetch with its converters (chapter 7.3). Words behind it that name converters belong to it.
    /// </summary>
    SampleExpression,

    /// <summary>An argument of a sample fetch or a converter.</summary>
    SampleArgument,

    /// <summary>A word of a condition behind <c>if</c> or <c>unless</c> (chapter 7.2).</summary>
    Condition,

    /// <summary>A criterion of an ACL with its flags and patterns, up to the end of the line (chapter 7.1).</summary>
    AclExpression,

    /// <summary>A pattern of an ACL (chapter 7.1).</summary>
    AclPattern,

    /// <summary>A regular expression.</summary>
    Regex,

    /// <summary>The path of a file.</summary>
    File,

    /// <summary>The path of a folder.</summary>
    Folder,

    /// <summary>The name of an HTTP header.</summary>
    HttpHeaderName,

    /// <summary>An HTTP status code.</summary>
    HttpStatus,

    /// <summary>An HTTP method.</summary>
    HttpMethod,

    /// <summary>A URL or a part of one.</summary>
    Url,

    /// <summary>Text that HAProxy only shows or sends.</summary>
    Text,

    /// <summary>A variable with its scope, such as <c>txn.x</c>.</summary>
    Variable,

    /// <summary>The type of a stick table's keys.</summary>
    StickTableType,

    /// <summary>A password, plain or as a hash.</summary>
    Password,

    /// <summary>Bytes in hexadecimal digits.</summary>
    Hex,

    /// <summary>Threads: <c>[auto:]GROUP[/THREADS]</c> with numbers, ranges, <c>all</c>, <c>odd</c>, <c>even</c>.</summary>
    ThreadSet,

    /// <summary>One number of a thread, or a range of them.</summary>
    ThreadRange,

    /// <summary>Numbers of CPUs and ranges of them, separated by commas.</summary>
    CpuSet,

    /// <summary>Which log lines are sent: <c>RANGE[,RANGE...]:SIZE</c>.</summary>
    LogSample,

    /// <summary>Status codes: <c>[+|-]CODE[-CODE][,...]</c>.</summary>
    HttpCodes,

    /// <summary>A user of the machine.</summary>
    SystemUser,

    /// <summary>A group of the machine.</summary>
    SystemGroup,

    /// <summary>Capabilities of the process, separated by commas.</summary>
    Capabilities,

    /// <summary>Kinds of polled events, separated by commas.</summary>
    PollEvents,

    /// <summary>Families of addresses that names may resolve to, separated by commas.</summary>
    DnsFamilies,

    /// <summary>What is purged when memory is short, separated by commas.</summary>
    PurgeKinds,

    /// <summary>An address with a port, without a range or an offset of ports.</summary>
    PortAddress,

    /// <summary>Data that a stick table keeps, with their arguments, separated by commas.</summary>
    StickStore,

    /// <summary>A source of traces.</summary>
    TraceSource,

    /// <summary>Users of a list, separated by commas.</summary>
    UserName,

    /// <summary>The name of a backend, or of a <c>listen</c>.</summary>
    BackendName,

    /// <summary>The name of a frontend.</summary>
    FrontendName,

    /// <summary>The name of a <c>defaults</c> section.</summary>
    DefaultsName,

    /// <summary>A server, as <c>NAME</c> or <c>BACKEND/NAME</c>.</summary>
    ServerName,

    /// <summary>The name of an ACL.</summary>
    AclName,

    /// <summary>The name of a <c>resolvers</c> section.</summary>
    ResolversName,

    /// <summary>The name of a <c>peers</c> section.</summary>
    PeersName,

    /// <summary>The name of a <c>userlist</c>.</summary>
    UserlistName,

    /// <summary>Groups of users, separated by commas.</summary>
    GroupName,

    /// <summary>The name of a <c>cache</c> section.</summary>
    CacheName,

    /// <summary>The name of a <c>ring</c> section.</summary>
    RingName,

    /// <summary>The name of a <c>mailers</c> section.</summary>
    MailersName,

    /// <summary>The file of a map.</summary>
    MapFile,

    /// <summary>The file of an ACL.</summary>
    AclFile,

    /// <summary>The name of an <c>http-errors</c> section.</summary>
    HttpErrorsName,

    /// <summary>The name of an <c>fcgi-app</c> section.</summary>
    FcgiAppName,

    /// <summary>The name of a <c>log-profile</c> section.</summary>
    LogProfileName,

    /// <summary>The name of a <c>crt-store</c> section.</summary>
    CrtStoreName,

    /// <summary>The name of a <c>healthcheck</c> section.</summary>
    HealthcheckName,

    /// <summary>The name of an <c>acme</c> section.</summary>
    AcmeName,

    /// <summary>A stick table: a proxy, or <c>PEERS/NAME</c>.</summary>
    TrackTable,
}
