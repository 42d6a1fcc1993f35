namespace HaproxyKit.Expressions;

/// <summary>Where an address stands; it decides which forms HAProxy takes.</summary>
public enum AddressUse
{
    /// <summary>Of <c>bind</c>: a list with commas, each with a port or a range of ports.</summary>
    Bind,

    /// <summary>Of <c>server</c> and its like: one, its port left out, or an offset to the client's.</summary>
    Server,

    /// <summary>Of <c>source</c> in a proxy, and of a server's <c>addr</c>: one, with or without a port.</summary>
    Source,

    /// <summary>Of the word <c>source</c> of a server: one, with or without a port or a range of ports.</summary>
    ServerSource,

    /// <summary>Of the word <c>socks4</c> of a server: one, with a port.</summary>
    Socks,

    /// <summary>Of <c>dgram-bind</c>: a list with commas for datagrams, each with a port or a range of ports.</summary>
    DatagramBind,

    /// <summary>
    /// Of <c>log</c>: one for datagrams unless it says otherwise, its port left out, or a file descriptor.
    /// </summary>
    Log,

    /// <summary>Of <c>nameserver</c>: one with a port, for datagrams unless it says otherwise.</summary>
    Nameserver,

    /// <summary>Of <c>peer</c>: one with a port; 2.6 takes what a server takes.</summary>
    Peer,

    /// <summary>Of <c>server</c> in a ring: what a server takes, but a host is looked up at once.</summary>
    RingServer,

    /// <summary>Of <c>mailer</c>: an IP address or a host with a port.</summary>
    Mailer,
}
