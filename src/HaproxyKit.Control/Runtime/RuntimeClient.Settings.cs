using System.Globalization;
using System.Net;

namespace HaproxyKit.Control.Runtime;

/// <content>
/// Weights, limits and checks of servers (management guide, 9.3). What HAProxy would misread is refused before it is
/// sent.
/// </content>
public sealed partial class RuntimeClient
{
    internal const int MaxWeight = 256;

    /// <summary>Gives a server another weight.</summary>
    /// <param name="backend">The backend's name.</param>
    /// <param name="server">The server's name.</param>
    /// <param name="weight">The weight, 0 to 256; with 0 it gets no new sessions.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer; a static balance algorithm takes only the configured weight and 0.</returns>
    /// <exception cref="ArgumentException">A name is empty or holds a slash, or the weight is out of range.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public Task<RuntimeChange> SetServerWeightAsync(
        string backend, string server, int weight, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(weight);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(weight, MaxWeight);
        return ChangeAsync(RuntimeCommand.Of("set", "server", ServerPath(backend, server), "weight", Text(weight)), cancellationToken);
    }

    /// <summary>Sets how many connections a server gets at most at once (<c>set maxconn server</c>).</summary>
    /// <param name="backend">The backend's name.</param>
    /// <param name="server">The server's name.</param>
    /// <param name="connections">
    /// The number, 0 for no limit. HAProxy itself takes a negative one without a word.
    /// </param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer.</returns>
    /// <exception cref="ArgumentException">A name is empty or holds a slash, or the number is negative.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public Task<RuntimeChange> SetServerMaxConnectionsAsync(
        string backend, string server, int connections, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(connections);
        return ChangeAsync(RuntimeCommand.Of("set", "maxconn", "server", ServerPath(backend, server), Text(connections)), cancellationToken);
    }

    /// <summary>Has a server's health checked at another address.</summary>
    /// <param name="backend">The backend's name.</param>
    /// <param name="server">The server's name.</param>
    /// <param name="address">The address.</param>
    /// <param name="port">The port, 1 to 65535, or null to leave it.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer; a server without <c>check</c> is refused.</returns>
    /// <exception cref="ArgumentException">
    /// A name is empty or holds a slash; or the address or the port is none.
    /// </exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public Task<RuntimeChange> SetServerCheckAddressAsync(
        string backend, string server, IPAddress address, int? port = null, CancellationToken cancellationToken = default) =>
        SetAddressAsync("check-addr", backend, server, address, port, cancellationToken);

    /// <summary>Has a server's health checked at another port.</summary>
    /// <param name="backend">The backend's name.</param>
    /// <param name="server">The server's name.</param>
    /// <param name="port">The port, 1 to 65535.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer; a server without <c>check</c> is refused.</returns>
    /// <exception cref="ArgumentException">A name is empty or holds a slash, or the port is none.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public Task<RuntimeChange> SetServerCheckPortAsync(string backend, string server, int port, CancellationToken cancellationToken = default) =>
        ChangeAsync(RuntimeCommand.Of("set", "server", ServerPath(backend, server), "check-port", PortText(port)), cancellationToken);

    /// <summary>Has a server's agent asked at another address.</summary>
    /// <param name="backend">The backend's name.</param>
    /// <param name="server">The server's name.</param>
    /// <param name="address">The address.</param>
    /// <param name="port">The port, 1 to 65535, or null to leave it.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer; a server without <c>agent-check</c> is refused.</returns>
    /// <exception cref="ArgumentException">
    /// A name is empty or holds a slash; or the address or the port is none.
    /// </exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public Task<RuntimeChange> SetServerAgentAddressAsync(
        string backend, string server, IPAddress address, int? port = null, CancellationToken cancellationToken = default) =>
        SetAddressAsync("agent-addr", backend, server, address, port, cancellationToken);

    /// <summary>Has a server's agent asked at another port.</summary>
    /// <param name="backend">The backend's name.</param>
    /// <param name="server">The server's name.</param>
    /// <param name="port">The port, 1 to 65535.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer; a server without <c>agent-check</c> is refused.</returns>
    /// <exception cref="ArgumentException">A name is empty or holds a slash, or the port is none.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public Task<RuntimeChange> SetServerAgentPortAsync(string backend, string server, int port, CancellationToken cancellationToken = default) =>
        ChangeAsync(RuntimeCommand.Of("set", "server", ServerPath(backend, server), "agent-port", PortText(port)), cancellationToken);

    /// <summary>
    /// Sets what is said to a server's agent; a line ending is written <c>\n</c>, as in the configuration.
    /// </summary>
    /// <param name="backend">The backend's name.</param>
    /// <param name="server">The server's name.</param>
    /// <param name="text">The text.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer; a server without <c>agent-check</c> is refused.</returns>
    /// <exception cref="ArgumentException">A name is empty or holds a slash, or the text cannot be said.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public Task<RuntimeChange> SetServerAgentTextAsync(string backend, string server, string text, CancellationToken cancellationToken = default) =>
        ChangeAsync(RuntimeCommand.Of("set", "server", ServerPath(backend, server), "agent-send", text), cancellationToken);

    /// <summary>
    /// Switches the health checks of a server on; one that the configuration does not check cannot be.
    /// </summary>
    /// <param name="backend">The backend's name.</param>
    /// <param name="server">The server's name.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer.</returns>
    /// <exception cref="ArgumentException">A name is empty or holds a slash.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public Task<RuntimeChange> EnableHealthAsync(string backend, string server, CancellationToken cancellationToken = default) =>
        ChangeAsync(RuntimeCommand.Of("enable", "health", ServerPath(backend, server)), cancellationToken);

    /// <summary>Switches the health checks of a server off; it keeps the health that it has.</summary>
    /// <param name="backend">The backend's name.</param>
    /// <param name="server">The server's name.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer.</returns>
    /// <exception cref="ArgumentException">A name is empty or holds a slash.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public Task<RuntimeChange> DisableHealthAsync(string backend, string server, CancellationToken cancellationToken = default) =>
        ChangeAsync(RuntimeCommand.Of("disable", "health", ServerPath(backend, server)), cancellationToken);

    /// <summary>
    /// Switches the agent check of a server on; one that the configuration gives no agent cannot have one.
    /// </summary>
    /// <param name="backend">The backend's name.</param>
    /// <param name="server">The server's name.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer.</returns>
    /// <exception cref="ArgumentException">A name is empty or holds a slash.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public Task<RuntimeChange> EnableAgentAsync(string backend, string server, CancellationToken cancellationToken = default) =>
        ChangeAsync(RuntimeCommand.Of("enable", "agent", ServerPath(backend, server)), cancellationToken);

    /// <summary>Switches the agent check of a server off.</summary>
    /// <param name="backend">The backend's name.</param>
    /// <param name="server">The server's name.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer.</returns>
    /// <exception cref="ArgumentException">A name is empty or holds a slash.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public Task<RuntimeChange> DisableAgentAsync(string backend, string server, CancellationToken cancellationToken = default) =>
        ChangeAsync(RuntimeCommand.Of("disable", "agent", ServerPath(backend, server)), cancellationToken);

    private Task<RuntimeChange> SetAddressAsync(
        string what, string backend, string server, IPAddress address, int? port, CancellationToken cancellationToken)
    {
        string[] words = ["set", "server", ServerPath(backend, server), what, Literal(address).ToString()];
        return ChangeAsync(RuntimeCommand.Of(port is { } number ? [.. words, "port", PortText(number)] : words), cancellationToken);
    }

    private static string PortText(int port)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, IPEndPoint.MaxPort);
        return Text(port);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
