namespace HaproxyKit.Analysis;

/// <summary>The modes that a proxy may be in where its line is read; several where it depends on a condition.</summary>
[Flags]
internal enum ProxyModes : byte
{
    None = 0,
    Tcp = 1,
    Http = 2,
    Log = 4,
    Other = 8,
}
