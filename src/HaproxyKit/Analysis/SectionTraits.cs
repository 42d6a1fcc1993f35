namespace HaproxyKit.Analysis;

/// <summary>Lines that rules about whole sections ask for.</summary>
[Flags]
internal enum SectionTraits
{
    None = 0,
    Server = 1 << 1,
    StickTable = 1 << 2,
    TimeoutClient = 1 << 3,
    TimeoutServer = 1 << 4,
    TimeoutConnect = 1 << 5,
    StatsAuth = 1 << 7,
    Certificate = 1 << 11,
    RequiredLine = 1 << 12,
    CheckPort = 1 << 13,
    ServerVerify = 1 << 15,
    TimeoutTunnel = 1 << 16,

    /// <summary>Servers may be looked up after the start.</summary>
    LateAddress = 1 << 17,

    /// <summary>Rules of TCP or HTTP in a <c>defaults</c> section.</summary>
    Rules = 1 << 18,

    /// <summary>Those of them that only a frontend can carry out.</summary>
    ConnectionRules = 1 << 19,

    /// <summary>Those of them that only a backend can carry out.</summary>
    ResponseRules = 1 << 20,

    /// <summary>The check is that of <c>option httpchk</c>.</summary>
    HttpCheck = 1 << 21,

    /// <summary>The check is another one, or might be.</summary>
    OtherCheck = 1 << 22,
}
