using System.Globalization;
using System.Net;
using System.Net.Sockets;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// Tries whether an address and port can be listened on, the way HAProxy will. A bind that cannot be had passes <c>haproxy -c</c>, and the
/// reload then cuts every frontend for about two seconds: so each new bind is tried first.
/// </summary>
/// <param name="options">What is allowed, or null for the defaults.</param>
public sealed class BindProbe(BindProbeOptions? options = null)
{
    private const int LowestFreePort = 1024;
    private const string ListenState = "0A";
    private static readonly string[] KernelTables = ["/proc/self/net/tcp", "/proc/self/net/tcp6"];

    private readonly BindProbeOptions _options = options ?? new BindProbeOptions();

    /// <summary>Tries an address and port. The port is held for a moment and given back.</summary>
    /// <param name="host">An IPv4 or IPv6 address; <c>*</c> or nothing for all of IPv4, <c>::</c> for all of IPv6.</param>
    /// <param name="port">The port, 1 to 65535.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is out of range.</exception>
    public BindProbeResult Try(string host, int port)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, IPEndPoint.MaxPort);
        var address = host is "" or "*" ? IPAddress.Any : IPAddress.TryParse(host, out var parsed) ? parsed : null;
        if (address is null)
        {
            return Refuse(BindProbeVerdict.NotAnAddress, $"'{host}' is no IP address that could be tried", "bind to an address, to * or to ::");
        }

        var place = new IPEndPoint(address, port);
        if (!_options.AllowEphemeralPorts && EphemeralPorts.Contains(port))
        {
            return Refuse(
                BindProbeVerdict.Ephemeral,
                $"port {port} lies in the range for outgoing connections ({EphemeralPorts.Range}), one of which may hold it when HAProxy reloads",
                "take a port outside of it, or reserve it: sysctl net.ipv4.ip_local_reserved_ports");
        }

        return TryBind(place);
    }

    private static BindProbeResult TryBind(IPEndPoint place)
    {
        using var socket = new Socket(place.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (place.AddressFamily == AddressFamily.InterNetworkV6)
            {
                // As HAProxy: IPv4 is not had along with ::, unless v4v6 says so.
                socket.DualMode = false;
            }

            // A port in TIME_WAIT is free; one on which anybody listens is not, whatever that program allows.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(place);
            socket.Listen();
            return new BindProbeResult(BindProbeVerdict.Free, Diagnostic: null);
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => Taken(place),
                SocketError.AddressNotAvailable => Refuse(
                    BindProbeVerdict.NoSuchAddress, $"this machine does not have the address {place.Address}", "bind to an address of this machine, or to *"),
                SocketError.AccessDenied when place.Port < LowestFreePort => KernelSays(place),
                _ => Refuse(BindProbeVerdict.Taken, $"{place} cannot be listened on: {e.Message}", hint: null),
            };
        }
    }

    /// <summary>Without the right to low ports, the kernel's own tables tell who listens.</summary>
    private static BindProbeResult KernelSays(IPEndPoint place)
    {
        var port = place.Port.ToString("X4", CultureInfo.InvariantCulture);
        foreach (var table in KernelTables.Where(File.Exists))
        {
            foreach (var line in File.ReadLines(table).Skip(1))
            {
                var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (fields is [_, var local, _, ListenState, ..] && local.EndsWith(":" + port, StringComparison.OrdinalIgnoreCase))
                {
                    return Taken(place);
                }
            }
        }

        return new BindProbeResult(BindProbeVerdict.Free, Diagnostic: null);
    }

    private static BindProbeResult Taken(IPEndPoint place) =>
        Refuse(BindProbeVerdict.Taken, $"port {place.Port} is taken by another program on this machine", "take another port, or stop that program");

    private static BindProbeResult Refuse(BindProbeVerdict verdict, string message, string? hint) => new(
        verdict,
        new Diagnostic { Id = DiagnosticIds.BindUnavailable, Severity = DiagnosticSeverity.Error, Message = message, Hint = hint });
}
