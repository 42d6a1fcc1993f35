using System.Net;

namespace HaproxyKit.PhoneHome.Contract;

/// <summary>Who calls, as far as the transport and the token tell.</summary>
public sealed record CallOrigin
{
    /// <summary>The id of the token that was presented: whoever holds it owns what it maps.</summary>
    public required string Owner { get; init; }

    /// <summary>
    /// The address that the call comes from, behind trusted proxies the client's; IPv4-mapped addresses are turned into
    /// IPv4. Null where it is not known, as behind a unix socket.
    /// </summary>
    public IPAddress? Address
    {
        get;
        init => field = value is { IsIPv4MappedToIPv6: true } ? value.MapToIPv4() : value;
    }
}
