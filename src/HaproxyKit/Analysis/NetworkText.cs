using System.Buffers.Text;
using HaproxyKit.Expressions;

namespace HaproxyKit.Analysis;

/// <summary>Tells networks from what can be none, whatever names may be resolved.</summary>
internal static class NetworkText
{
    /// <summary>Whether a text is an address with or without a mask, or could be the name of a host.</summary>
    internal static bool MayBeNetwork(ReadOnlySpan<byte> text)
    {
        var slash = text.IndexOf((byte)'/');
        if (slash < 0)
        {
            return HostText.MayBeHost(text);
        }

        var host = text[..slash];
        var mask = text[(slash + 1)..];
        var isNumber = Utf8Parser.TryParse(mask, out uint bits, out var read) && read == mask.Length;
        return HostText.MayBeHost(host) && (isNumber ? bits <= (HostText.IsIPv6(host) ? 128 : 32) : HostText.IsIPv4(mask));
    }
}
