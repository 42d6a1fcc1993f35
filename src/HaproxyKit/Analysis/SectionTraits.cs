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
}
