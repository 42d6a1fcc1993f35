using System.Net;

namespace HaproxyKit.PhoneHome.Policy;

/// <summary>Walks the hops of a call from the nearest to the first that nobody vouches for.</summary>
internal static class ForwardedCaller
{
    private const int MaxHops = 64;

    internal static IPAddress? Find(
        IPAddress? remote, IEnumerable<string?> forwardedFor, IReadOnlyList<IPNetwork> trustedProxies)
    {
        if (remote is null)
        {
            return null;
        }

        var hop = Plain(remote);
        if (!IsTrusted(hop, trustedProxies))
        {
            return hop;
        }

        var hops = forwardedFor.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries))
            .Where(text => text.Length > 0)
            .Reverse()
            .Take(MaxHops);
        foreach (var text in hops)
        {
            if (!TryReadHop(text, out hop))
            {
                return null;
            }

            if (!IsTrusted(hop, trustedProxies))
            {
                return hop;
            }
        }

        return hop;
    }

    /// <summary>Reads an address, also with a port behind it and with brackets, as proxies write them.</summary>
    private static bool TryReadHop(string text, out IPAddress address)
    {
        address = IPAddress.None;
        if (!IPAddress.TryParse(text, out var parsed))
        {
            if (!IPEndPoint.TryParse(text, out var endPoint))
            {
                return false;
            }

            parsed = endPoint.Address;
        }

        address = Plain(parsed);
        return true;
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static bool IsTrusted(IPAddress address, IReadOnlyList<IPNetwork> trustedProxies)
    {
        foreach (var network in trustedProxies)
        {
            if (network.Contains(address))
            {
                return true;
            }
        }

        return false;
    }
}
