using HaproxyKit.Catalog;

namespace HaproxyKit.Expressions;

/// <summary>The prefixes of addresses, as each version knows them.</summary>
internal static class AddressFamilies
{
    private static readonly HaproxyVersion Multipath = new(3, 1);

    /// <summary>Reads the prefixes; what a version does not know is a part of the host.</summary>
    internal static AddressKind Read(ReadOnlySpan<byte> text, HaproxyVersion version, out int length)
    {
        var transport = TransportOf(text, version);
        var rest = text[transport..];
        var at = rest.IndexOf((byte)'@');
        var kind = at < 0 ? null : KindOf(rest[..at], version);
        length = transport + (kind is null ? 0 : at + 1);
        var found = kind ?? (rest is [(byte)'/', ..] ? AddressKind.Unix : AddressKind.Internet);
        if (!text.StartsWith("dgram+"u8))
        {
            return found;
        }

        return found switch
        {
            AddressKind.Unix => AddressKind.UnixDatagram,
            AddressKind.Internet => AddressKind.Datagram,
            AddressKind.InternetV4 => AddressKind.DatagramV4,
            AddressKind.InternetV6 => AddressKind.DatagramV6,
            _ => found,
        };
    }

    private static int TransportOf(ReadOnlySpan<byte> text, HaproxyVersion version) =>
        text.StartsWith("stream+"u8) ? 7
        : text.StartsWith("dgram+"u8) ? 6
        : version >= HaproxyVersion.V3_0 && text.StartsWith("quic+"u8) ? 5
        : 0;

    private static AddressKind? KindOf(ReadOnlySpan<byte> name, HaproxyVersion version) =>
        name.SequenceEqual("ipv4"u8) || name.SequenceEqual("tcp4"u8) ? AddressKind.InternetV4
        : name.SequenceEqual("ipv6"u8) || name.SequenceEqual("tcp6"u8) ? AddressKind.InternetV6
        : name.SequenceEqual("ip"u8) || name.SequenceEqual("tcp"u8) ? AddressKind.Internet
        : name.SequenceEqual("unix"u8) || name.SequenceEqual("uxst"u8) ? AddressKind.Unix
        : name.SequenceEqual("abns"u8) ? AddressKind.Unix
        : name.SequenceEqual("uxdg"u8) ? AddressKind.UnixDatagram
        : name.SequenceEqual("udp"u8) ? AddressKind.Datagram
        : name.SequenceEqual("udp4"u8) ? AddressKind.DatagramV4
        : name.SequenceEqual("udp6"u8) ? AddressKind.DatagramV6
        : name.SequenceEqual("fd"u8) || name.SequenceEqual("sockpair"u8) ? AddressKind.Descriptor
        : name.SequenceEqual("quic4"u8) ? AddressKind.InternetV4
        : name.SequenceEqual("quic6"u8) ? AddressKind.InternetV6
        : version >= HaproxyVersion.V3_0 && name.SequenceEqual("rhttp"u8) ? AddressKind.ReverseHttp
        : version < Multipath ? null
        : name.SequenceEqual("abnsz"u8) ? AddressKind.Unix
        : name.SequenceEqual("mptcp"u8) ? AddressKind.Internet
        : name.SequenceEqual("mptcp4"u8) ? AddressKind.InternetV4
        : name.SequenceEqual("mptcp6"u8) ? AddressKind.InternetV6
        : null;
}
