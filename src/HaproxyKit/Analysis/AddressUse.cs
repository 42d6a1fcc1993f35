namespace HaproxyKit.Analysis;

/// <summary>What an address is for, which decides what it may consist of.</summary>
internal enum AddressUse
{
    Bind,
    Server,
    Source,
    Log,
    Peer,
}
