using System.Net;

namespace HaproxyKit.PhoneHome.Contract;

/// <summary>Who calls, as far as the transport and the token tell.</summary>
public sealed record CallOrigin
{
    /// <summary>The owner that the presented token names: what it maps belongs to that owner.</summary>
    public required string Owner { get; init; }

    /// <summary>When the call was signed, by the caller's clock, or null where it is not signed.</summary>
    public DateTimeOffset? SignedAt { get; init; }

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
