using System.Buffers;
using System.Net;

namespace HaproxyKit.Expressions;

/// <summary>
/// Tells IP addresses and names of hosts from what is neither, as HAProxy and the resolver of the system read them.
/// </summary>
internal static class HostText
{
    private static readonly SearchValues<byte> HostBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_"u8);

    private static readonly SearchValues<byte> IPv4Bytes = SearchValues.Create("0123456789."u8);

    private static readonly SearchValues<byte> IPv6Bytes = SearchValues.Create("0123456789abcdefABCDEF:."u8);

    /// <summary>Whether a text is an IP address, or could be the name of a host.</summary>
    internal static bool MayBeHost(ReadOnlySpan<byte> text) => IsIPv4(text) || IsIPv6(text) || MayBeName(text);

    /// <summary>
    /// Whether a text could be the name of a host, that of a file of hosts as well; not an IPv4 address with a slip of
    /// the hand, such as
    /// <c>127.0.0.1x</c>.
    /// </summary>
    internal static bool MayBeName(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && !text.ContainsAnyExcept(HostBytes) && text.ContainsAnyExcept(IPv4Bytes) && !IsNearlyIPv4(text);

    /// <summary>Whether a text is an IPv6 address without brackets and without a zone.</summary>
    internal static bool IsIPv6(ReadOnlySpan<byte> text) =>
        text.Contains((byte)':') && !text.ContainsAnyExcept(IPv6Bytes) && IPAddress.IsValidUtf8(text);

    /// <summary>
    /// Whether a text is an IPv4 address as <c>inet_aton</c> reads it: one to four numbers, the last of which fills the
    /// bytes that are left.
    /// </summary>
    internal static bool IsIPv4(ReadOnlySpan<byte> text)
    {
        for (var parts = 1; parts <= 4; parts++)
        {
            var dot = text.IndexOf((byte)'.');
            if (!TryNumber(dot < 0 ? text : text[..dot], out var value))
            {
                return false;
            }

            if (dot < 0)
            {
                return value <= uint.MaxValue >> (8 * (parts - 1));
            }

            if (value > byte.MaxValue)
            {
                return false;
            }

            text = text[(dot + 1)..];
        }

        return false;
    }

    private static bool IsNearlyIPv4(ReadOnlySpan<byte> text)
    {
        var other = text.IndexOfAnyExcept(IPv4Bytes);
        return other > 0 && text[other - 1] != '.' && text.Count((byte)'.') == 3 && text[..other].Count((byte)'.') == 3;
    }

    // A number that begins with 0 is octal.
    private static bool TryNumber(ReadOnlySpan<byte> digits, out ulong value)
    {
        value = 0;
        var radix = digits is [(byte)'0', _, ..] ? 8u : 10u;
        foreach (var digit in digits)
        {
            var number = (uint)(digit - '0');
            if (number >= radix || value > uint.MaxValue)
            {
                return false;
            }

            value = (value * radix) + number;
        }

        return !digits.IsEmpty;
    }
}
