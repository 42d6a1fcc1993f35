using System.Net;
using System.Net.Sockets;

namespace HaproxyKit.Control.Runtime;

/// <content>The commands that change servers (management guide, 9.3, <c>set server</c>).</content>
public sealed partial class RuntimeClient
{
    /// <summary>Gives a server another address and port. Established sessions keep the old one.</summary>
    /// <remarks>
    /// A new address does not reset the server's health: a server that is DOWN stays so until its checks succeed, seconds
    /// later. With <paramref name="markUp"/> it counts as up at once, in the same line, and the next checks judge it. The
    /// change is gone after a reload unless the configuration says the same.
    /// </remarks>
    /// <param name="backend">The backend's name.</param>
    /// <param name="server">The server's name.</param>
    /// <param name="address">The address; an IPv4-mapped IPv6 address is sent as the IPv4 address that it means.</param>
    /// <param name="port">The port, 1 to 65535. HAProxy itself does not check it, and takes 70000 for 4464.</param>
    /// <param name="markUp">Whether to send <c>health up</c> too.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answers: changed, unchanged or refused.</returns>
    /// <exception cref="ArgumentException">A name is empty or holds a slash; or the address has a scope, or is 0.0.0.0 or ::.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The port is out of range.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public async Task<ServerAddressChange> SetServerAddressAsync(
        string backend, string server, IPAddress address, int port, bool markUp, CancellationToken cancellationToken = default)
    {
        var name = ServerPath(backend, server);
        var literal = Literal(address);
        var portText = PortText(port);

        var move = RuntimeCommand.Of("set", "server", name, "addr", literal.ToString(), "port", portText);
        if (!markUp)
        {
            return new ServerAddressChange(
                AddressAnswer.Judge(await SendAsync(move, cancellationToken).ConfigureAwait(false), literal, portText), null);
        }

        var up = RuntimeCommand.Of("set", "server", name, "health", "up");
        var answers = await SendAsync([move, up], cancellationToken).ConfigureAwait(false);
        return new ServerAddressChange(AddressAnswer.Judge(answers[0], literal, portText), SilentAnswer.Judge(answers[1]));
    }

    /// <summary>Sets whether a server takes traffic, until somebody sets it otherwise or the next reload.</summary>
    /// <param name="backend">The backend's name.</param>
    /// <param name="server">The server's name.</param>
    /// <param name="mode">What is asked of it.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer; setting what was set already counts as changed, since HAProxy does not tell.</returns>
    /// <exception cref="ArgumentException">A name is empty or holds a slash, or the mode is none.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public Task<RuntimeChange> SetServerModeAsync(
        string backend, string server, ServerMode mode, CancellationToken cancellationToken = default)
    {
        var word = mode switch
        {
            ServerMode.Ready => "ready",
            ServerMode.Drain => "drain",
            ServerMode.Maintenance => "maint",
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such mode of a server."),
        };
        return ChangeAsync(RuntimeCommand.Of("set", "server", ServerPath(backend, server), "state", word), cancellationToken);
    }

    /// <summary>Sets a server's health, until the next check says otherwise.</summary>
    /// <param name="backend">The backend's name.</param>
    /// <param name="server">The server's name.</param>
    /// <param name="health">What it shall count as.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer; setting what was set already counts as changed, since HAProxy does not tell.</returns>
    /// <exception cref="ArgumentException">A name is empty or holds a slash, or the health is none.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public Task<RuntimeChange> SetServerHealthAsync(
        string backend, string server, ServerHealth health, CancellationToken cancellationToken = default)
    {
        var word = health switch
        {
            ServerHealth.Up => "up",
            ServerHealth.Stopping => "stopping",
            ServerHealth.Down => "down",
            _ => throw new ArgumentOutOfRangeException(nameof(health), health, "There is no such health of a server."),
        };
        return ChangeAsync(RuntimeCommand.Of("set", "server", ServerPath(backend, server), "health", word), cancellationToken);
    }

    private async Task<RuntimeChange> ChangeAsync(RuntimeCommand command, CancellationToken cancellationToken) =>
        SilentAnswer.Judge(await SendAsync(command, cancellationToken).ConfigureAwait(false));

    private static string ServerPath(string backend, string server)
    {
        ArgumentException.ThrowIfNullOrEmpty(backend);
        ArgumentException.ThrowIfNullOrEmpty(server);
        return backend.Contains('/', StringComparison.Ordinal) || server.Contains('/', StringComparison.Ordinal)
            ? throw new ArgumentException("The name of a backend or a server holds no slash.", nameof(backend))
            : $"{backend}/{server}";
    }

    private static IPAddress Literal(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var literal = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (literal.AddressFamily == AddressFamily.InterNetworkV6 && literal.ScopeId != 0)
        {
            throw new ArgumentException("HAProxy takes no address with a scope.", nameof(address));
        }

        return literal.Equals(IPAddress.Any) || literal.Equals(IPAddress.IPv6Any)
            ? throw new ArgumentException("0.0.0.0 and :: are no addresses of a server.", nameof(address))
            : literal;
    }
}
