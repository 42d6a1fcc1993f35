using System.Security.Cryptography;
using System.Text;
using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Tokens;

/// <summary>
/// The signature of a call, with which the token itself does not travel, and no call can be sent a second time, to
/// another balancer, or changed on its way.
/// </summary>
/// <remarks>
/// <para>The key is the HMAC-SHA256 of the text <c>haproxykit signing key v1</c> with the token's secret as key.</para>
/// <para>
/// The signature is the HMAC-SHA256, with that key, of eight lines with LF between and none behind the last:
/// <c>haproxykit-v1</c>; the method, such as <c>POST</c>; the scheme, <c>https</c> or <c>http</c>; the host in small
/// letters with its port, which is left out where it is the scheme's own; the path with its query as it stands in the
/// request; the timestamp; the <c>node</c> of the body, or nothing; the SHA-256 of the body in small hexadecimal
/// digits. Scheme and host are those by which the caller knows the balancer, and the balancer knows them as
/// <see cref="PhoneHomeSignatureOptions.Origins"/>: what proxies make of them does not matter.
/// </para>
/// <para>
/// It travels as <see cref="PhoneHomeHeaders.Signature"/>, beside <see cref="PhoneHomeHeaders.TokenId"/>,
/// <see cref="PhoneHomeHeaders.Timestamp"/> and <see cref="PhoneHomeHeaders.Node"/>. The timestamp is in milliseconds,
/// and newer than that of the last call for the same node; so a call that is sent again is signed again.
/// <c>samples/signed-call.sh</c> does all this with openssl.
/// </para>
/// </remarks>
public static class RequestSignature
{
    private const string KeyText = "haproxykit signing key v1";
    private const string Version = "haproxykit-v1";

    /// <summary>The key that is made of a token's secret.</summary>
    /// <param name="secret">The secret.</param>
    /// <returns>32 bytes.</returns>
    public static byte[] KeyOf(string secret)
    {
        ArgumentException.ThrowIfNullOrEmpty(secret);
        return HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(KeyText));
    }

    /// <summary>Signs a call.</summary>
    /// <param name="key">The key, from <see cref="KeyOf"/>.</param>
    /// <param name="origin">Scheme, host and port by which the caller knows the balancer; its path does not count.</param>
    /// <param name="method">The method.</param>
    /// <param name="target">The path, with the query, as it stands in the request.</param>
    /// <param name="timestamp">The text of the header: milliseconds since 1970-01-01 UTC.</param>
    /// <param name="node">The <c>node</c> of the body, or null.</param>
    /// <param name="body">The bytes of the body; empty where there is none.</param>
    /// <returns>The text of the header: 64 hexadecimal digits.</returns>
    /// <exception cref="ArgumentException">A text has a line end, and so could stand for another text.</exception>
    public static string Sign(
        ReadOnlySpan<byte> key, Uri origin, string method, string target, string timestamp, string? node, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(origin);
        if (HasLineEnd(method) || HasLineEnd(target) || HasLineEnd(timestamp) || HasLineEnd(node))
        {
            throw new ArgumentException("A signed text holds no line end.", nameof(target));
        }

        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, CanonicalText(LinesOf(origin), method, target, timestamp, node, DigestOf(body)), signature);
        return Convert.ToHexStringLower(signature);
    }

    /// <summary>Scheme and host as two lines.</summary>
    internal static string LinesOf(Uri origin)
    {
        var host = origin.IdnHost.Contains(':', StringComparison.Ordinal) ? $"[{origin.IdnHost.Trim('[', ']')}]" : origin.IdnHost;
        return origin.IsDefaultPort
            ? $"{origin.Scheme}\n{host}".ToLowerInvariant()
            : string.Create(null, $"{origin.Scheme}\n{host}:{origin.Port}").ToLowerInvariant();
    }

    internal static string DigestOf(ReadOnlySpan<byte> body)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, digest);
        return Convert.ToHexStringLower(digest);
    }

    internal static bool HasLineEnd(string? text) => text.AsSpan().ContainsAny('\n', '\r');

    internal static byte[] CanonicalText(
        string schemeAndHost, string method, string target, string timestamp, string? node, string digest) =>
        Encoding.UTF8.GetBytes($"{Version}\n{method}\n{schemeAndHost}\n{target}\n{timestamp}\n{node}\n{digest}");
}
