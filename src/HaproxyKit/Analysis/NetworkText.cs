using System.Buffers;
using System.Buffers.Text;

namespace HaproxyKit.Analysis;

/// <summary>Tells addresses and networks from what can be neither, whatever names may be resolved.</summary>
internal static class NetworkText
{
    private static readonly SearchValues<byte> HostBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-"u8);

    private static readonly SearchValues<byte> Letters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private static readonly SearchValues<byte> Ipv6Bytes = SearchValues.Create("0123456789abcdefABCDEF:."u8);

    /// <summary>Whether a text is an address with or without a mask, or could be the name of a host.</summary>
    internal static bool MayBeNetwork(ReadOnlySpan<byte> text)
    {
        var slash = text.IndexOf((byte)'/');
        if (slash < 0)
        {
            return MayBeHost(text);
        }

        var mask = text[(slash + 1)..];
        var isNumber = Utf8Parser.TryParse(mask, out uint bits, out var read) && read == mask.Length;
        return MayBeHost(text[..slash]) && (isNumber ? bits <= (IsIpv6(text[..slash]) ? 128 : 32) : IsIpv4(mask));
    }

    /// <summary>Whether a text is an IP address, or could be the name of a host.</summary>
    internal static bool MayBeHost(ReadOnlySpan<byte> text) => IsIpv4(text) || IsIpv6(text) || MayBeName(text);

    /// <summary>Whether a text could be a host's name: letters somewhere in its last label.</summary>
    internal static bool MayBeName(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && !text.ContainsAnyExcept(HostBytes)
        && text[(text.TrimEnd((byte)'.').LastIndexOf((byte)'.') + 1)..].ContainsAny(Letters);

    /// <summary>Four numbers, or fewer as old resolvers read them.</summary>
    internal static bool IsIpv4(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var range in text.Split((byte)'.'))
        {
            var part = text[range];
            if (++count > 4 || !Utf8Parser.TryParse(part, out uint number, out var read) || read != part.Length)
            {
                return false;
            }

            if (number > 255 && range.End.Value != text.Length)
            {
                return false;
            }

            if (range.End.Value == text.Length && number > uint.MaxValue >> (8 * (count - 1)))
            {
                return false;
            }
        }

        return count > 0;
    }

    internal static bool IsIpv6(ReadOnlySpan<byte> text)
    {
        if (text.IndexOf((byte)':') < 0 || text.ContainsAnyExcept(Ipv6Bytes))
        {
            return false;
        }

        Span<char> characters = stackalloc char[64];
        return text.Length <= characters.Length
            && System.Net.IPAddress.TryParse(characters[..System.Text.Encoding.Latin1.GetChars(text, characters)], out var address)
            && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
    }
}
