using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace HaproxyKit.Expressions;

/// <summary>
/// An address as HAProxy writes it for <c>bind</c> and <c>server</c>: a host or path with a port, a range or an offset,
/// and a prefix
/// such as <c>ipv4@</c> or <c>unix@</c> (configuration manual, chapter 11.3 of newer versions, 2.x: chapters 4.2 and
/// 5.2).
/// </summary>
public readonly record struct Address
{
    private static readonly SearchValues<char> PrefixCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");
    private static readonly string[] Transports = ["stream+", "dgram+", "quic+"];

    private readonly string? _text;

    /// <summary>The address of a host and a port.</summary>
    /// <param name="host">An IPv4 or IPv6 address without brackets, a host name, or <c>*</c> or nothing for all IPv4
    /// addresses.</param>
    /// <param name="port">The port, 1 to 65535.</param>
    /// <exception cref="ArgumentException"><paramref name="host"/> holds something that no address and no host name
    /// holds.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is out of range.</exception>
    public Address(string host, int port)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, IPEndPoint.MinPort + 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, IPEndPoint.MaxPort);
        var isIPv6 = host.Contains(':', StringComparison.Ordinal);
        if (isIPv6 ? !IsIPv6(host) : host != "*" && !host.All(IsHostCharacter))
        {
            throw new ArgumentException($"'{host}' is neither an IP address nor a host name.", nameof(host));
        }

        var bracketed = isIPv6 ? $"[{host}]" : host;
        _text = string.Create(CultureInfo.InvariantCulture, $"{bracketed}:{port}");
    }

    /// <summary>The address of an IP address and a port.</summary>
    /// <param name="address">IPv4 or IPv6, without a zone.</param>
    /// <param name="port">The port, 1 to 65535.</param>
    /// <exception cref="ArgumentException"><paramref name="address"/> has a zone.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is out of range.</exception>
    public Address(IPAddress address, int port)
        : this(address?.ToString() ?? throw new ArgumentNullException(nameof(address)), port)
    {
    }

    private Address(string text) => _text = text;

    /// <summary>The address as written; empty for the default value.</summary>
    public string Text => _text ?? "";

    /// <summary>
    /// The transport named before all else: <c>stream</c>, <c>dgram</c> or <c>quic</c>; empty where none is.
    /// </summary>
    public string Transport => TransportLength is > 0 and var length ? Text[..(length - 1)] : "";

    /// <summary>
    /// The family named before <c>@</c>, such as <c>ipv4</c>, <c>unix</c>, <c>fd</c>; empty without one.
    /// </summary>
    public string Prefix => PrefixLength is > 0 and var length ? Text.Substring(TransportLength, length - 1) : "";

    /// <summary>
    /// The host without brackets, or the path of a unix socket; empty or <c>*</c> for all IPv4 addresses.
    /// </summary>
    public string Host
    {
        get
        {
            var rest = WithoutPrefix;
            var colon = PortColon;
            var host = colon < 0 ? rest : rest[..colon];
            return host.StartsWith('[') && host.EndsWith(']') ? host[1..^1] : host;
        }
    }

    /// <summary>
    /// What stands behind the last colon: a port, a range (<c>80-89</c>) or an offset (<c>+10</c>); empty without one.
    /// </summary>
    public string PortText
    {
        get
        {
            var colon = PortColon;
            return colon < 0 ? "" : WithoutPrefix[(colon + 1)..];
        }
    }

    /// <summary>
    /// The port, or null where there is none, or a range, an offset, or something that is no port from 1 to 65535.
    /// </summary>
    public int? Port => TryPort(PortText, out var port) ? port : null;

    /// <summary>
    /// The first and the last port of a range such as <c>80-89</c>, both the same for one port; null without one, and where they are no ports
    /// in rising order.
    /// </summary>
    public (int First, int Last)? PortRange
    {
        get
        {
            var text = PortText;
            var dash = text.IndexOf('-', StringComparison.Ordinal);
            var last = text[(dash + 1)..];
            return TryPort(dash < 0 ? text : text[..dash], out var low) && TryPort(last, out var high) && low <= high ? (low, high) : null;
        }
    }

    /// <summary>
    /// What a server's port is away from the client's, in <c>+10</c> and <c>-10</c>; null without an offset.
    /// </summary>
    public int? PortOffset =>
        PortText is ['+' or '-', ..]
        && int.TryParse(PortText, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var offset)
            ? offset
            : null;

    /// <summary>
    /// The host as an IP address in its common form, or null where it is a name, a path, a variable or all addresses.
    /// </summary>
    public IPAddress? IPAddress =>
        Host.Any(c => c is '.' or ':') && System.Net.IPAddress.TryParse(Host, out var address) && IsCommonForm(Host, address)
            ? address
            : null;

    /// <summary>Whether this is the path of a unix socket.</summary>
    public bool IsUnixSocket =>
        Prefix is "unix" or "uxst" or "uxdg" or "abns" or "abnsz" || (PrefixLength == 0 && WithoutPrefix.StartsWith('/'));

    private string WithoutPrefix => Text[(TransportLength + PrefixLength)..];

    private int TransportLength
    {
        get
        {
            var text = Text;
            return Transports.FirstOrDefault(transport => text.StartsWith(transport, StringComparison.Ordinal))?.Length ?? 0;
        }
    }

    /// <summary>The length of the family with its <c>@</c>. The sign may also stand in a path.</summary>
    private int PrefixLength
    {
        get
        {
            var rest = Text.AsSpan(TransportLength);
            var at = rest.IndexOf('@');
            return at > 0 && !rest[..at].ContainsAnyExcept(PrefixCharacters) ? at + 1 : 0;
        }
    }

    /// <summary>
    /// The colon before the port: the last one, unless a bracket closes behind it, or the address is a path.
    /// </summary>
    private int PortColon
    {
        get
        {
            var rest = WithoutPrefix;
            var colon = rest.LastIndexOf(':');
            return IsUnixSocket || rest.LastIndexOf(']') > colon ? -1 : colon;
        }
    }

    /// <summary>
    /// Takes an address as HAProxy writes it. What it means is not judged here; only what can be no word of an address
    /// is refused.
    /// </summary>
    /// <param name="text">The address, for example <c>:443</c>, <c>[::1]:80</c>, <c>ipv6@:8080</c>,
    /// <c>/run/app.sock</c>.</param>
    /// <returns>The address, whose <see cref="Text"/> is <paramref name="text"/>.</returns>
    /// <exception cref="FormatException">The text is empty or holds control characters or half of a surrogate pair, or
    /// is no path and holds blanks, quotes, <c>\</c> or <c>#</c>.</exception>
    public static Address Parse(string text) =>
        TryParse(text, out var address)
            ? address
            : throw new FormatException($"'{text}' is no address: it is empty, or holds blanks, quotes or control characters.");

    /// <summary>Takes an address as HAProxy writes it, see <see cref="Parse"/>.</summary>
    /// <param name="text">The address.</param>
    /// <param name="address">The address, or the default value.</param>
    /// <returns>False where <see cref="Parse"/> would throw.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out Address address)
    {
        address = default;
        if (string.IsNullOrEmpty(text) || text.Any(char.IsControl) || !IsWellFormed(text))
        {
            return false;
        }

        var parsed = new Address(text);
        if (!parsed.IsUnixSocket && text.Any(c => char.IsWhiteSpace(c) || c is '"' or '\'' or '\\' or '#'))
        {
            return false;
        }

        address = parsed;
        return true;
    }

    /// <summary>Takes the addresses of a <c>bind</c>, which commas separate; see <see cref="Parse"/>.</summary>
    /// <param name="text">The list, for example <c>:80,[::]:80</c>.</param>
    /// <param name="addresses">The addresses, or none.</param>
    /// <returns>False where one of them is none; a comma may end the list.</returns>
    public static bool TryParseList([NotNullWhen(true)] string? text, out IReadOnlyList<Address> addresses)
    {
        var parts = (text ?? "").Split(',');
        var found = new List<Address>();
        foreach (var part in parts.Length > 1 && parts[^1].Length == 0 ? parts.AsSpan(0, parts.Length - 1) : parts)
        {
            if (!TryParse(part, out var address))
            {
                addresses = [];
                return false;
            }

            found.Add(address);
        }

        addresses = found;
        return true;
    }

    /// <summary>The address as written.</summary>
    /// <returns>The <see cref="Text"/>.</returns>
    public override string ToString() => Text;

    private static bool TryPort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= IPEndPoint.MaxPort;

    private static bool IsHostCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_';

    /// <summary>Whether every surrogate has its other half, so that UTF-8 can say the text.</summary>
    private static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (System.Text.Rune.DecodeFromUtf16(text, out _, out var length) != OperationStatus.Done)
            {
                return false;
            }

            text = text[length..];
        }

        return true;
    }

    /// <summary>.NET reads brackets, a port and a zone as parts of an IPv6 address; here they are none.</summary>
    private static bool IsIPv6(string host) =>
        !host.AsSpan().ContainsAny("[]%/")
        && System.Net.IPAddress.TryParse(host, out var address)
        && address.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary>
    /// .NET reads <c>127.2</c> and <c>0x7f000001</c> as addresses; HAProxy's resolver might read something else.
    /// </summary>
    private static bool IsCommonForm(string host, IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6
            ? !host.Contains('%', StringComparison.Ordinal)
            : string.Equals(address.ToString(), host, StringComparison.Ordinal);
}
