using System.Net;
using System.Net.Sockets;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// Tries whether an address and a port can be bound, before they reach a reload: a bind that HAProxy cannot have passes
/// its check, and then cuts every frontend for about 2 seconds.
/// </summary>
/// <remarks>It tries in its own network namespace, so it must run in HAProxy's.</remarks>
/// <param name="options">What to let pass; null for the defaults.</param>
public sealed class BindProbe(BindProbeOptions? options = null)
{
    private const int SocketLevel = 1;
    private const int ReuseAddress = 2;
    private const int ReusePort = 15;
    private const string TakenHint = "see who does with: ss -ltnp";
    private readonly BindProbeOptions options = options ?? new BindProbeOptions();

    /// <summary>Tries one address and port: binds, listens, and gives both back.</summary>
    /// <param name="endPoint">
    /// The address (<see cref="IPAddress.Any"/> for <c>*</c>) and a port from 1 to 65535.
    /// </param>
    /// <param name="ipv6Only">Whether <c>::</c> is meant without IPv4 (<c>v6only</c>).</param>
    /// <returns>Whether it can be had, and if not, why not.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The port is 0.</exception>
    public BindProbeResult Try(IPEndPoint endPoint, bool ipv6Only = false)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        ArgumentOutOfRangeException.ThrowIfZero(endPoint.Port, nameof(endPoint));
        if (!options.AllowEphemeralPorts && EphemeralPorts.Contains(endPoint.Port))
        {
            return Unavailable(
                endPoint,
                BindAvailability.EphemeralRange,
                "the kernel gives this port to outgoing connections",
                $"choose a port outside net.ipv4.ip_local_port_range, or add {endPoint.Port} to"
                + " net.ipv4.ip_local_reserved_ports");
        }

        try
        {
            using var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (endPoint.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.DualMode = !ipv6Only;
            }

            // A port whose connections still wait to be forgotten is free; one on which HAProxy listens is not,
            // although it would share it with a socket that asked to.
            SetOption(socket, ReuseAddress, 1);
            SetOption(socket, ReusePort, 0);
            socket.Bind(endPoint);
            socket.Listen(1);
            return new BindProbeResult(endPoint, BindAvailability.Available, null);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AccessDenied)
        {
            return ListenerTable.FindConflict(endPoint) is { } other
                ? Unavailable(endPoint, BindAvailability.Taken, $"another program listens on {other}", TakenHint)
                : new BindProbeResult(endPoint, BindAvailability.AvailableByTable, null);
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse =>
                    Unavailable(endPoint, BindAvailability.Taken, "another program listens there", TakenHint),
                SocketError.AddressNotAvailable =>
                    Unavailable(
                        endPoint, BindAvailability.AddressNotHere, "this machine does not have the address", null),
                _ => Unavailable(endPoint, BindAvailability.Refused, e.Message, null),
            };
        }
    }

    private static void SetOption(Socket socket, int option, int value) =>
        socket.SetRawSocketOption(SocketLevel, option, BitConverter.GetBytes(value));

    private static BindProbeResult Unavailable(
        IPEndPoint endPoint, BindAvailability availability, string why, string? hint) =>
        new(endPoint, availability, new Diagnostic
        {
            Id = DiagnosticIds.BindUnavailable,
            Severity = DiagnosticSeverity.Error,
            Message = $"{endPoint} cannot be bound: {why}",
            Hint = hint,
        });
}
