namespace HaproxyKit.Expressions;

/// <summary>The forms that an address may have in a place.</summary>
[Flags]
internal enum AddressForms
{
    /// <summary>An IP address or a host, with or without one port.</summary>
    None = 0,

    /// <summary>Some with commas between them.</summary>
    List = 1 << 0,

    /// <summary>Connections.</summary>
    Stream = 1 << 1,

    /// <summary>Datagrams.</summary>
    Datagram = 1 << 2,

    /// <summary>The path or the name of a unix socket.</summary>
    Unix = 1 << 3,

    /// <summary>The number of a file descriptor, <c>fd@3</c>.</summary>
    Descriptor = 1 << 4,

    /// <summary>The number of a file descriptor, <c>sockpair@3</c>.</summary>
    SocketPair = 1 << 5,

    /// <summary>A connection that the other side opens, <c>rhttp@</c>.</summary>
    ReverseHttp = 1 << 6,

    /// <summary>Some ports, <c>80-89</c>.</summary>
    PortRange = 1 << 7,

    /// <summary>What is added to the client's port, <c>+10</c>.</summary>
    PortOffset = 1 << 8,

    /// <summary>No address without a port, and none with port 0.</summary>
    PortNeeded = 1 << 9,

    /// <summary>A host that is looked up later, whatever it is called.</summary>
    LateHost = 1 << 10,
}
