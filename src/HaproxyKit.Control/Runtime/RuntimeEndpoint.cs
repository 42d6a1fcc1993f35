using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using HaproxyKit.Control.Telemetry;

namespace HaproxyKit.Control.Runtime;

/// <summary>Where HAProxy's Runtime API listens: a unix socket, or an address and a port (management guide, 9.3).</summary>
public sealed record RuntimeEndpoint
{
    private const string UnixPrefix = "unix:";
    private const string UnixAtPrefix = "unix@";

    /// <summary>The address field of the kernel holds 108 bytes, a final NUL among them.</summary>
    private const int MaxUnixPath = 107;

    private RuntimeEndpoint(string? path, string? host, int port)
    {
        Path = path;
        Host = host;
        Port = port;
    }

    /// <summary>The path of the unix socket, or null for a TCP endpoint.</summary>
    public string? Path { get; }

    /// <summary>The name or address to connect to, or null for a unix socket.</summary>
    public string? Host { get; }

    /// <summary>The TCP port from 1 to 65535, or 0 for a unix socket.</summary>
    public int Port { get; }

    /// <summary>The endpoint of a unix socket.</summary>
    /// <param name="path">The socket's path: absolute, at most 107 bytes.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="ArgumentException">The path is relative, too long, or holds a NUL.</exception>
    public static RuntimeEndpoint Unix(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return TryUnix(path) ?? throw new ArgumentException(
            $"A unix socket is named by an absolute path of at most {MaxUnixPath} bytes.", nameof(path));
    }

    /// <summary>The endpoint of a TCP listener (<c>stats socket ipv4@127.0.0.1:9999</c>).</summary>
    /// <param name="host">A name or a literal address, without brackets.</param>
    /// <param name="port">A port from 1 to 65535.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="ArgumentException">The host is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The port is out of range.</exception>
    public static RuntimeEndpoint Tcp(string host, int port)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(host);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, IPEndPoint.MaxPort);
        return new RuntimeEndpoint(null, host, port);
    }

    /// <summary>Reads <c>/path</c>, <c>unix:/path</c>, <c>unix@/path</c>, <c>host:port</c> or <c>[ipv6]:port</c>.</summary>
    /// <param name="text">The endpoint as text.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="FormatException">The text is none of these.</exception>
    public static RuntimeEndpoint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var endpoint)
            ? endpoint
            : throw new FormatException($"'{text}' is neither the path of a unix socket nor host:port.");
    }

    /// <summary>Reads what <see cref="Parse"/> reads.</summary>
    /// <param name="text">The endpoint as text, or null.</param>
    /// <param name="endpoint">The endpoint when the text is one.</param>
    /// <returns>True when the text is an endpoint.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out RuntimeEndpoint? endpoint)
    {
        endpoint = text switch
        {
            null => null,
            ['/', ..] => TryUnix(text),
            _ when text.StartsWith(UnixPrefix, StringComparison.Ordinal) => TryUnix(text[UnixPrefix.Length..]),
            _ when text.StartsWith(UnixAtPrefix, StringComparison.Ordinal) => TryUnix(text[UnixAtPrefix.Length..]),
            _ => TryTcp(text),
        };
        return endpoint is not null;
    }

    /// <summary>The endpoint as <see cref="Parse"/> reads it.</summary>
    /// <returns><c>/path</c>, <c>host:port</c> or <c>[ipv6]:port</c>.</returns>
    public override string ToString() => Path
        ?? (Host!.Contains(':', StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $"[{Host}]:{Port}")
            : string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}"));

    /// <summary>The endpoint as metrics tell it.</summary>
    internal ServerPlace Place => new(Path ?? Host!, Port);

    /// <summary>Makes the socket and the address to connect it to.</summary>
    internal (Socket Socket, EndPoint Remote) Open()
    {
        if (Path is { } path)
        {
            return (new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified), new UnixDomainSocketEndPoint(path));
        }

        EndPoint remote = IPAddress.TryParse(Host, out var address) ? new IPEndPoint(address, Port) : new DnsEndPoint(Host!, Port);
        return (new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }, remote);
    }

    private static RuntimeEndpoint? TryUnix(string path) =>
        path is ['/', _, ..] && !path.Contains('\0', StringComparison.Ordinal) && Encoding.UTF8.GetByteCount(path) <= MaxUnixPath
            ? new RuntimeEndpoint(path, null, 0)
            : null;

    private static RuntimeEndpoint? TryTcp(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon <= 0
            || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port is < 1 or > IPEndPoint.MaxPort)
        {
            return null;
        }

        var host = text[..colon];
        if (host is ['[', .. var inner, ']'])
        {
            return IPAddress.TryParse(inner, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6
                ? new RuntimeEndpoint(null, inner, port)
                : null;
        }

        return Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4 ? new RuntimeEndpoint(null, host, port) : null;
    }
}
