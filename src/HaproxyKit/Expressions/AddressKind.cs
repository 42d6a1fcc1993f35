namespace HaproxyKit.Expressions;

/// <summary>What the prefixes of an address make it.</summary>
internal enum AddressKind
{
    /// <summary>An address of either family.</summary>
    Internet,

    /// <summary>An IPv4 address.</summary>
    InternetV4,

    /// <summary>An IPv6 address.</summary>
    InternetV6,

    /// <summary>An address of either family for datagrams.</summary>
    Datagram,

    /// <summary>An IPv4 address for datagrams.</summary>
    DatagramV4,

    /// <summary>An IPv6 address for datagrams.</summary>
    DatagramV6,

    /// <summary>A path or a name of a unix socket.</summary>
    Unix,

    /// <summary>A unix socket for datagrams.</summary>
    UnixDatagram,

    /// <summary>The number of a file descriptor.</summary>
    Descriptor,

    /// <summary>A reversed connection.</summary>
    ReverseHttp,
}
