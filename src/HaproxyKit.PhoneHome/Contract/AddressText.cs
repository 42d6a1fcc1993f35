using System.Net;
using System.Net.Sockets;

namespace HaproxyKit.PhoneHome.Contract;

/// <summary>
/// Reads addresses that are written in the one canonical way, so that what is judged is what HAProxy connects to.
/// </summary>
internal static class AddressText
{
    internal const int MaxLength = 45;

    /// <summary>
    /// Reads a canonical IP literal; an IPv4-mapped address becomes the IPv4 address in it.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="address">The address, without a zone.</param>
    /// <param name="hint">The canonical text where the address could be read and is only written otherwise.</param>
    internal static bool TryRead(string text, out IPAddress address, out string? hint)
    {
        hint = null;
        address = IPAddress.None;
        if (text.Length > MaxLength || !IPAddress.TryParse(text, out var parsed))
        {
            return false;
        }

        if (parsed.AddressFamily == AddressFamily.InterNetworkV6 && parsed.ScopeId != 0)
        {
            return false;
        }

        var canonical = parsed.ToString();
        if (!string.Equals(canonical, text, StringComparison.Ordinal))
        {
            hint = $"write it as {canonical}";
            return false;
        }

        address = parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed;
        return true;
    }
}
