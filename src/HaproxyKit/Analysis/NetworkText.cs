using System.Buffers.Text;
using HaproxyKit.Expressions;

namespace HaproxyKit.Analysis;

/// <summary>Tells networks from what can be none, whatever names may be resolved.</summary>
internal static class NetworkText
{
    /// <summary>Whether a text is an address with or without a mask, or could be the name of a host.</summary>
    internal static bool MayBeNetwork(ReadOnlySpan<byte> text) => Judge(text, isLiteral: false);

    /// <summary>Whether a text is an address in full, with or without a mask.</summary>
    internal static bool IsNetwork(ReadOnlySpan<byte> text) => Judge(text, isLiteral: true);

    private static bool Judge(ReadOnlySpan<byte> text, bool isLiteral)
    {
        var slash = text.IndexOf((byte)'/');
        if (slash < 0)
        {
            return IsHost(text, isLiteral);
        }

        var host = text[..slash];
        var mask = text[(slash + 1)..];
        var isNumber = Utf8Parser.TryParse(mask, out uint bits, out var read) && read == mask.Length;
        return IsHost(host, isLiteral) && (isNumber ? bits <= (HostText.IsIPv6(host) ? 128 : 32) : HostText.IsIPv4(mask));
    }

    private static bool IsHost(ReadOnlySpan<byte> text, bool isLiteral) => isLiteral
        ? HostText.IsIPv6(text) || (HostText.IsIPv4(text) && text.Count((byte)'.') == 3)
        : HostText.MayBeHost(text);
}
