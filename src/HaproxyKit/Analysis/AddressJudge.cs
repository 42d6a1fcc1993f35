using System.Buffers.Text;
using HaproxyKit.Catalog;

namespace HaproxyKit.Analysis;

/// <summary>
/// Says what is wrong with an address as HAProxy reads it (configuration manual, chapter 11), as far as no name must
/// be resolved for that.
/// </summary>
internal static class AddressJudge
{
    /// <summary>The first version whose backends may send logs, over datagrams as well.</summary>
    private static readonly HaproxyVersion LogBackends = new(2, 9);

    /// <summary>What is wrong, or null.</summary>
    internal static string? Describe(ReadOnlySpan<byte> address, AddressUse use, HaproxyVersion version)
    {
        if (address.IsEmpty)
        {
            return "an address is missing";
        }

        // HAProxy itself expands variables here, also outside of double quotes.
        if (address.Contains((byte)'$'))
        {
            return null;
        }

        if (address.StartsWith("stream+"u8))
        {
            address = address[7..];
        }
        else if (address.StartsWith("dgram+"u8))
        {
            return use is AddressUse.Bind or AddressUse.Server ? "connections cannot go over datagrams here" : null;
        }

        if (address.StartsWith("quic+"u8))
        {
            return null;
        }

        var prefix = Prefix(address);
        var rest = address[prefix.Length..];
        return prefix switch
        {
            [] when address[0] == '/' => null,
            _ when prefix.SequenceEqual("fd@"u8) => DescribeDescriptor(rest, use),
            _ when prefix.SequenceEqual("udp@"u8) || prefix.SequenceEqual("udp4@"u8) || prefix.SequenceEqual("udp6@"u8) =>
                use == AddressUse.Bind || (use == AddressUse.Server && version < LogBackends)
                    ? "connections cannot go over UDP here"
                    : DescribeHost(prefix, rest, use, version),
            [] or [(byte)'i', (byte)'p', ..] or [(byte)'t', (byte)'c', (byte)'p', ..] => DescribeHost(prefix, rest, use, version),
            _ => null,
        };
    }

    private static ReadOnlySpan<byte> Prefix(ReadOnlySpan<byte> address)
    {
        var at = address.IndexOf((byte)'@');
        return at > 0 && !address[..at].ContainsAnyExcept(ByteSets.AddressPrefix) ? address[..(at + 1)] : [];
    }

    private static string? DescribeDescriptor(ReadOnlySpan<byte> number, AddressUse use) =>
        use == AddressUse.Server ? "a file descriptor cannot be connected to"
        : Utf8Parser.TryParse(number, out int _, out var read) && read == number.Length ? null
        : "the number of a file descriptor is expected behind 'fd@'";

    private static string? DescribeHost(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> rest, AddressUse use, HaproxyVersion version)
    {
        var colon = rest.LastIndexOfAny((byte)':', (byte)']');
        var hasPort = colon >= 0 && rest[colon] == ':';
        var host = hasPort ? rest[..colon] : rest;
        if (DescribePort(hasPort ? rest[(colon + 1)..] : [], use, version) is { } fault)
        {
            return fault;
        }

        if (use is AddressUse.Server || host.IsEmpty || host.SequenceEqual("*"u8))
        {
            return null;
        }

        var bare = host is [(byte)'[', .. var inside, (byte)']'] ? inside : host;
        var isFitting = prefix switch
        {
            [.., (byte)'4', (byte)'@'] => NetworkText.IsIpv4(bare) || NetworkText.MayBeName(bare),
            [.., (byte)'6', (byte)'@'] => NetworkText.IsIpv6(bare) || NetworkText.MayBeName(bare),
            _ => NetworkText.MayBeHost(bare),
        };
        return isFitting ? null : $"'{System.Text.Encoding.UTF8.GetString(host)}' is no address and no name of a host";
    }

    private static string? DescribePort(ReadOnlySpan<byte> port, AddressUse use, HaproxyVersion version)
    {
        if (port.IsEmpty)
        {
            return use is AddressUse.Bind or AddressUse.Peer ? "the port is missing" : null;
        }

        if (port[0] is (byte)'+' or (byte)'-')
        {
            return use == AddressUse.Server ? null : "an offset to the port makes sense for servers only";
        }

        if (!char.IsAsciiDigit((char)port[0]))
        {
            return $"'{System.Text.Encoding.UTF8.GetString(port)}' is no port";
        }

        var dash = port.IndexOf((byte)'-');
        var (low, lowRest) = Number(dash < 0 ? port : port[..dash]);
        var (high, highRest) = dash < 0 ? (low, 0) : Number(port[(dash + 1)..]);
        var least = use is AddressUse.Bind or AddressUse.Peer ? 1 : 0;
        return low < least || low > 65535 || high < least || high > 65535 || low > high
                ? $"'{System.Text.Encoding.UTF8.GetString(port)}' is no port from {least} to 65535"
            : lowRest + highRest > 0 && version > HaproxyVersion.V2_6 ? $"'{System.Text.Encoding.UTF8.GetString(port)}' is no port"
            : dash >= 0 && use is (AddressUse.Server or AddressUse.Log or AddressUse.Peer) && low != high ? "a range of ports makes no sense here"
            : null;
    }

    private static (long Value, int Left) Number(ReadOnlySpan<byte> text)
    {
        var digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        digits = digits < 0 ? text.Length : digits;
        return (Utf8Parser.TryParse(text[..digits], out long value, out _) ? value : digits > 0 ? long.MaxValue : 0, text.Length - digits);
    }
}
