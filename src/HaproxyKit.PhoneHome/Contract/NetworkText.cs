using System.Net;

namespace HaproxyKit.PhoneHome.Contract;

/// <summary>Reads networks that are written in the one way that means what it says.</summary>
internal static class NetworkText
{
    /// <summary>What <see cref="TryRead"/> asks for, as the end of a sentence.</summary>
    internal const string Rule = "is not a network such as 203.0.113.0/24, with no bit set behind its prefix";

    /// <summary>
    /// Strict, since the parser clears bits behind the prefix: 203.0.113.7/2 would silently be a quarter of all
    /// addresses. IPv4-mapped networks hold nothing, as such addresses are judged as IPv4.
    /// </summary>
    internal static bool TryRead(string? text, out IPNetwork network) =>
        IPNetwork.TryParse(text, out network)
        && !network.BaseAddress.IsIPv4MappedToIPv6
        && text.AsSpan().IndexOf('/') is > 0 and var slash
        && IPAddress.TryParse(text.AsSpan(0, slash), out var written)
        && written.Equals(network.BaseAddress);
}
