using System.Buffers.Text;
using System.Net;
using HaproxyKit.Catalog;

namespace HaproxyKit.Expressions;

/// <summary>
/// Judges addresses as HAProxy does when it reads them (configuration manual, chapter 11 of newer versions;
/// <c>bind</c>, <c>server</c> and
/// <c>source</c> in chapters 4.2, 5.1 and 5.2), without allocating for addresses that are right.
/// </summary>
/// <remarks>
/// What depends on the machine is taken for right: variables of the environment, names of hosts, and whether a file
/// descriptor is a socket.
/// </remarks>
public static class AddressRules
{
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

        var forms = AddressPlaces.FormsOf(use, version);
        if (!Takes(forms, AddressForms.List))
        {
            return CheckOne(text, 0, forms, version);
        }

        for (var start = 0; start == 0 || start < text.Length;)
        {
            var comma = text[start..].IndexOf((byte)',');
            var end = comma < 0 ? text.Length : start + comma;
            var fault = CheckOne(text[start..end], start, forms, version);
            if (fault.IsError)
            {
                return fault;
            }

            start = end + 1;
        }

        return default;
    }

    /// <summary>
    /// Whether a text is an address of a family, could be the name of a host, or means all addresses.
    /// </summary>
    internal static bool IsHost(ReadOnlySpan<byte> host, AddressKind family)
    {
        if (host.IsEmpty || host.SequenceEqual("*"u8))
        {
            return true;
        }

        var takesV4 = family is not (AddressKind.InternetV6 or AddressKind.DatagramV6);
        var takesV6 = family is not (AddressKind.InternetV4 or AddressKind.DatagramV4);
        var isBracketed = host[0] == '[' && host[^1] == ']';
        var bare = isBracketed ? host[1..^1] : host;
        return (takesV6 && HostText.IsIPv6(bare))
            || (takesV4 && HostText.IsIPv4(bare))
            || (!isBracketed && HostText.MayBeName(bare));
    }

    private static bool Takes(AddressForms forms, AddressForms form) => (forms & form) != 0;

    private static ExpressionError CheckOne(
        ReadOnlySpan<byte> text, int offset, AddressForms forms, HaproxyVersion version)
    {
        if (text.IsEmpty)
        {
            return new ExpressionError(ExpressionErrorKind.MissingAddress, offset);
        }

        var family = AddressFamilies.Read(text, version, out var length);
        var rest = text[length..];
        if (!IsTransported(text[..length], family, forms))
        {
            var isForStreams = Takes(forms, AddressForms.Stream);
            return new ExpressionError(
                isForStreams ? ExpressionErrorKind.DatagramAddress : ExpressionErrorKind.StreamAddress, offset);
        }

        return family switch
        {
            AddressKind.Unix or AddressKind.UnixDatagram => Takes(forms, AddressForms.Unix)
                ? default
                : new ExpressionError(ExpressionErrorKind.UnixAddress, offset),
            AddressKind.ReverseHttp => Takes(forms, AddressForms.ReverseHttp)
                ? default
                : new ExpressionError(ExpressionErrorKind.ReverseAddress, offset),
            AddressKind.Descriptor when !Takes(forms, DescriptorForm(text)) =>
                new ExpressionError(ExpressionErrorKind.InvalidDescriptor, offset),
            AddressKind.Descriptor => Utf8Parser.TryParse(rest, out int _, out var used) && used == rest.Length
                ? default
                : new ExpressionError(ExpressionErrorKind.InvalidDescriptor, offset + length),
            _ => CheckInternet(rest, offset + length, family, forms, version),
        };
    }

    private static AddressForms DescriptorForm(ReadOnlySpan<byte> text) =>
        text.StartsWith("fd@"u8) ? AddressForms.Descriptor : AddressForms.SocketPair;

    /// <summary>Whether connections, or datagrams where the prefixes say so, are what the place is for.</summary>
    private static bool IsTransported(ReadOnlySpan<byte> prefixes, AddressKind family, AddressForms forms) =>
        family is AddressKind.Datagram or AddressKind.DatagramV4 or AddressKind.DatagramV6 or AddressKind.UnixDatagram
            ? Takes(forms, AddressForms.Datagram)
            : Takes(forms, AddressForms.Stream) || !IsStream(prefixes);

    private static bool IsStream(ReadOnlySpan<byte> prefixes) =>
        prefixes.StartsWith("stream+"u8)
        || prefixes.StartsWith("tcp"u8)
        || prefixes.StartsWith("mptcp"u8)
        || prefixes.StartsWith("uxst"u8);

    private static ExpressionError CheckInternet(
        ReadOnlySpan<byte> text, int offset, AddressKind family, AddressForms forms, HaproxyVersion version)
    {
        var colon = text.LastIndexOf((byte)':');
        colon = text.LastIndexOf((byte)']') > colon ? -1 : colon;
        var host = colon < 0 ? text : text[..colon];
        var port = colon < 0 ? text.Length : colon + 1;
        return Takes(forms, AddressForms.LateHost) || IsHost(host, family)
            ? CheckPort(text[port..], offset + port, forms, version)
            : new ExpressionError(ExpressionErrorKind.InvalidHost, offset);
    }

    private static ExpressionError CheckPort(
        ReadOnlySpan<byte> port, int offset, AddressForms forms, HaproxyVersion version)
    {
        if (port.IsEmpty)
        {
            return Takes(forms, AddressForms.PortNeeded)
                ? new ExpressionError(ExpressionErrorKind.MissingPort, offset)
                : default;
        }

        if (port[0] is (byte)'+' or (byte)'-')
        {
            return Takes(forms, AddressForms.PortOffset)
                ? default
                : new ExpressionError(ExpressionErrorKind.PortOffset, offset);
        }

        if (!char.IsAsciiDigit((char)port[0]))
        {
            return new ExpressionError(ExpressionErrorKind.InvalidPort, offset);
        }

        var dash = port.IndexOf((byte)'-');
        if (dash >= 0 && !Takes(forms, AddressForms.PortRange))
        {
            return new ExpressionError(ExpressionErrorKind.PortRange, offset + dash);
        }

        var low = PortOf(dash < 0 ? port : port[..dash], version);
        if (low < (Takes(forms, AddressForms.PortNeeded) ? 1 : 0))
        {
            return new ExpressionError(ExpressionErrorKind.InvalidPort, offset);
        }

        var high = dash < 0 ? low : PortOf(port[(dash + 1)..], version);
        return high < 1 && dash >= 0 ? new ExpressionError(ExpressionErrorKind.InvalidPort, offset + dash + 1)
            : high < low ? new ExpressionError(ExpressionErrorKind.InvalidPort, offset)
            : default;
    }

    /// <summary>
    /// The number, or -1 for what is none from 0 to 65535; 2.6 does not look at what follows the digits.
    /// </summary>
    private static int PortOf(ReadOnlySpan<byte> text, HaproxyVersion version)
    {
        var digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') is >= 0 and var end ? end : text.Length;
        if (digits != text.Length && version >= HaproxyVersion.V3_0)
        {
            return -1;
        }

        return Utf8Parser.TryParse(text[..digits], out uint port, out _) && port <= IPEndPoint.MaxPort ? (int)port : -1;
    }
}
