using System.Net;
using System.Net.Sockets;

namespace HaproxyKit.PhoneHome.Policy;

/// <summary>
/// A range of addresses behind which no node is, unless the operator names that very range (rules 13 and 23).
/// </summary>
/// <param name="Network">The range.</param>
/// <param name="Name">What it is, with its article.</param>
internal readonly record struct SpecialRange(IPNetwork Network, string Name)
{
    /// <summary>
    /// All of them. The documentation ranges and the private networks are not here: nodes do live in private networks,
    /// and <see cref="PhoneHomePolicyOptions.NodeNetworks"/> says in which.
    /// </summary>
    internal static IReadOnlyList<SpecialRange> All { get; } =
    [
        new(IPNetwork.Parse("0.0.0.0/8"), "an unspecified address"),
        new(IPNetwork.Parse("127.0.0.0/8"), "a loopback address"),
        new(IPNetwork.Parse("169.254.0.0/16"), "a link-local address"),
        new(IPNetwork.Parse("169.254.169.254/32"), "a cloud's metadata service"),
        new(IPNetwork.Parse("100.100.100.200/32"), "a cloud's metadata service"),
        new(IPNetwork.Parse("192.88.99.0/24"), "a 6to4 relay"),
        new(IPNetwork.Parse("224.0.0.0/4"), "a multicast address"),
        new(IPNetwork.Parse("240.0.0.0/4"), "a reserved or broadcast address"),
        new(IPNetwork.Parse("255.255.255.255/32"), "the broadcast address"),
        new(IPNetwork.Parse("::/128"), "the unspecified address"),
        new(IPNetwork.Parse("::1/128"), "the loopback address"),
        new(IPNetwork.Parse("::/96"), "an IPv4-compatible address"),
        new(IPNetwork.Parse("::ffff:0:0:0/96"), "an IPv4-translated address, which leads to an IPv4 address"),
        new(IPNetwork.Parse("64:ff9b::/96"), "a NAT64 address, which leads to an IPv4 address"),
        new(IPNetwork.Parse("64:ff9b:1::/48"), "a NAT64 address, which leads to an IPv4 address"),
        new(IPNetwork.Parse("2001::/32"), "a Teredo address, which leads to an IPv4 address"),
        new(IPNetwork.Parse("2002::/16"), "a 6to4 address, which leads to an IPv4 address"),
        new(IPNetwork.Parse("fd00:ec2::254/128"), "a cloud's metadata service"),
        new(IPNetwork.Parse("fe80::/10"), "a link-local address"),
        new(IPNetwork.Parse("fec0::/10"), "a site-local address"),
        new(IPNetwork.Parse("ff00::/8"), "a multicast address"),
    ];

    /// <summary>The range of one address alone.</summary>
    internal static SpecialRange Only(IPAddress address, string name) =>
        new(new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128), name);

    /// <summary>Whether an entry of the operator's names this range or a part of it that holds the address.</summary>
    /// <param name="networks">The operator's entries.</param>
    /// <param name="address">The address.</param>
    internal bool IsNamedBy(IReadOnlyList<IPNetwork> networks, IPAddress address)
    {
        foreach (var network in networks)
        {
            // A wider entry, such as 0.0.0.0/0, does not mean this range.
            if (network.PrefixLength >= Network.PrefixLength
                && Network.Contains(network.BaseAddress)
                && network.Contains(address))
            {
                return true;
            }
        }

        return false;
    }
}
