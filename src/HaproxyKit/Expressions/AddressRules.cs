using System.Buffers;
using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using HaproxyKit.Catalog;

namespace HaproxyKit.Expressions;

/// <summary>
/// Judges addresses as HAProxy does when it reads them (configuration manual, chapter 11 of newer versions; <c>bind</c>, <c>server</c> and
/// <c>source</c> in chapters 4.2, 5.1 and 5.2), without allocating for addresses that are right.
/// </summary>
/// <remarks>
/// What depends on the machine is taken for right: variables of the environment, names of hosts, and whether a file descriptor is a socket.
/// </remarks>
public static class AddressRules
{
    private static readonly SearchValues<byte> HostBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_"u8);

    private static readonly SearchValues<byte> IPv4Bytes = SearchValues.Create("0123456789."u8);

    /// <summary>Judges an address.</summary>
    /// <param name="text">The word's value.</param>
    /// <param name="use">Where it stands.</param>
    /// <param name="version">The version that reads it; 2.6 ignores what follows the digits of a port.</param>
    /// <returns>What is wrong, or no error.</returns>
    public static ExpressionError Check(ReadOnlySpan<byte> text, AddressUse use, HaproxyVersion version)
    {
        if (text.Contains((byte)'$'))
        {
            return default;
        }

        if (use != AddressUse.Bind)
        {
            return CheckOne(text, 0, use, version);
        }

        for (var start = 0; start == 0 || start < text.Length;)
        {
            var comma = text[start..].IndexOf((byte)',');
            var end = comma < 0 ? text.Length : start + comma;
            var fault = CheckOne(text[start..end], start, use, version);
            if (fault.IsError)
            {
                return fault;
            }

            start = end + 1;
        }

        return default;
    }

    private static ExpressionError CheckOne(ReadOnlySpan<byte> text, int offset, AddressUse use, HaproxyVersion version)
    {
        if (text.IsEmpty)
        {
            return new ExpressionError(ExpressionErrorKind.MissingAddress, offset);
        }

        var family = AddressFamilies.Read(text, version, out var length);
        var rest = text[length..];
        return family switch
        {
            AddressKind.Unix or AddressKind.ReverseHttp => default,
            AddressKind.Descriptor => use == AddressUse.Server && text.StartsWith("fd@"u8)
                ? new ExpressionError(ExpressionErrorKind.InvalidDescriptor, offset)
                : Utf8Parser.TryParse(rest, out int _, out var used) && used == rest.Length
                    ? default
                    : new ExpressionError(ExpressionErrorKind.InvalidDescriptor, offset + length),
            AddressKind.Datagram or AddressKind.UnixDatagram when use == AddressUse.Bind || version < HaproxyVersion.V3_0 =>
                new ExpressionError(ExpressionErrorKind.DatagramAddress, offset),
            AddressKind.UnixDatagram => default,
            _ => CheckInternet(rest, offset + length, family, use, version),
        };
    }

    private static ExpressionError CheckInternet(
        ReadOnlySpan<byte> text, int offset, AddressKind family, AddressUse use, HaproxyVersion version)
    {
        var colon = text.LastIndexOf((byte)':');
        colon = text.LastIndexOf((byte)']') > colon ? -1 : colon;
        var host = colon < 0 ? text : text[..colon];
        var fault = use == AddressUse.Server || IsHost(host, family)
            ? default
            : new ExpressionError(ExpressionErrorKind.InvalidHost, offset);
        if (fault.IsError || (colon < 0 && use != AddressUse.Bind))
        {
            return fault;
        }

        return CheckPort(colon < 0 ? default : text[(colon + 1)..], offset + (colon < 0 ? text.Length : colon + 1), use, version);
    }

    private static ExpressionError CheckPort(ReadOnlySpan<byte> port, int offset, AddressUse use, HaproxyVersion version)
    {
        if (port.IsEmpty)
        {
            return use == AddressUse.Bind ? new ExpressionError(ExpressionErrorKind.MissingPort, offset) : default;
        }

        if (port[0] is (byte)'+' or (byte)'-')
        {
            return use == AddressUse.Server ? default : new ExpressionError(ExpressionErrorKind.PortOffset, offset);
        }

        if (!char.IsAsciiDigit((char)port[0]))
        {
            return new ExpressionError(ExpressionErrorKind.InvalidPort, offset);
        }

        var dash = port.IndexOf((byte)'-');
        if (dash >= 0 && use != AddressUse.Bind)
        {
            return new ExpressionError(ExpressionErrorKind.PortRange, offset + dash);
        }

        var low = PortOf(dash < 0 ? port : port[..dash], version);
        if (low < (use == AddressUse.Bind ? 1 : 0))
        {
            return new ExpressionError(ExpressionErrorKind.InvalidPort, offset);
        }

        var high = dash < 0 ? low : PortOf(port[(dash + 1)..], version);
        return high < 1 && dash >= 0 ? new ExpressionError(ExpressionErrorKind.InvalidPort, offset + dash + 1)
            : high < low ? new ExpressionError(ExpressionErrorKind.InvalidPort, offset)
            : default;
    }

    /// <summary>The number, or -1 for what is none from 0 to 65535; 2.6 does not look at what follows the digits.</summary>
    private static int PortOf(ReadOnlySpan<byte> text, HaproxyVersion version)
    {
        var digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') is >= 0 and var end ? end : text.Length;
        if (digits != text.Length && version >= HaproxyVersion.V3_0)
        {
            return -1;
        }

        return Utf8Parser.TryParse(text[..digits], out uint port, out _) && port <= IPEndPoint.MaxPort ? (int)port : -1;
    }

    private static bool IsHost(ReadOnlySpan<byte> host, AddressKind family)
    {
        if (host.IsEmpty || host.SequenceEqual("*"u8))
        {
            return true;
        }

        if (host[0] == '[' && host[^1] == ']')
        {
            return (family != AddressKind.InternetV4 && IsIPv6(host[1..^1])) || (family != AddressKind.InternetV6 && IsIPv4(host[1..^1]));
        }

        if (host.Contains((byte)':'))
        {
            return family != AddressKind.InternetV4 && IsIPv6(host);
        }

        if (!host.ContainsAnyExcept(IPv4Bytes))
        {
            return family != AddressKind.InternetV6 && IsIPv4(host);
        }

        return !host.ContainsAnyExcept(HostBytes);
    }

    private static bool IsIPv6(ReadOnlySpan<byte> host) =>
        !host.ContainsAny("%[]/"u8) && IPAddress.TryParse(host, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;

    // As inet_aton reads it: one to four numbers, the last of which fills the bytes that are left.
    private static bool IsIPv4(ReadOnlySpan<byte> host)
    {
        for (var parts = 1; parts <= 4; parts++)
        {
            var dot = host.IndexOf((byte)'.');
            var number = dot < 0 ? host : host[..dot];
            if (!TryNumber(number, out var value))
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

            host = host[(dot + 1)..];
        }

        return false;
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
