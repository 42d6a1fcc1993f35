using System.Net;

namespace HaproxyKit.Control.Runtime;

/// <content>Servers that come and go, and frontends that open and close (management guide, 9.3).</content>
public sealed partial class RuntimeClient
{
    /// <summary>
    /// Adds a server to a backend. It starts in maintenance: set it ready then, and enable its checks, which are off
    /// even where <paramref name="words"/> hold <c>check</c>. It takes nothing from <c>default-server</c>, and is gone
    /// after a reload.
    /// </summary>
    /// <param name="backend">
    /// The backend's name; its balance algorithm must be a dynamic one, such as <c>roundrobin</c>.
    /// </param>
    /// <param name="server">The new server's name.</param>
    /// <param name="address">The address.</param>
    /// <param name="port">The port, 1 to 65535.</param>
    /// <param name="words">
    /// The words behind the address, as on a <c>server</c> line; <c>init-addr</c> and some others are refused.
    /// </param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer.</returns>
    /// <exception cref="ArgumentException">
    /// A name is empty or holds a slash; or the address or the port is none; or a word cannot be said.
    /// </exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public async Task<RuntimeChange> AddServerAsync(
        string backend, string server, IPAddress address, int port, IReadOnlyList<string> words, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(words);
        _ = PortText(port);
        var place = new IPEndPoint(Literal(address), port).ToString();
        var answer = await SendAsync(RuntimeCommand.Of(["add", "server", ServerPath(backend, server), place, .. words]), cancellationToken)
            .ConfigureAwait(false);
        return SilentAnswer.JudgeSentence(answer, "New server registered.");
    }

    /// <summary>
    /// Deletes a server, a configured one too. HAProxy refuses as long as it is not in maintenance, has sessions, or
    /// something in the configuration names it. A configured one is back after a reload.
    /// </summary>
    /// <param name="backend">The backend's name.</param>
    /// <param name="server">The server's name.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer.</returns>
    /// <exception cref="ArgumentException">A name is empty or holds a slash.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public async Task<RuntimeChange> DeleteServerAsync(string backend, string server, CancellationToken cancellationToken = default)
    {
        var answer = await SendAsync(RuntimeCommand.Of("del", "server", ServerPath(backend, server)), cancellationToken).ConfigureAwait(false);
        return SilentAnswer.JudgeSentence(answer, "Server deleted.");
    }

    /// <summary>Ends all sessions of a server at once.</summary>
    /// <param name="backend">The backend's name.</param>
    /// <param name="server">The server's name.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer.</returns>
    /// <exception cref="ArgumentException">A name is empty or holds a slash.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public Task<RuntimeChange> ShutdownServerSessionsAsync(string backend, string server, CancellationToken cancellationToken = default) =>
        ChangeAsync(RuntimeCommand.Of("shutdown", "sessions", "server", ServerPath(backend, server)), cancellationToken);

    /// <summary>Opens a frontend that was closed.</summary>
    /// <param name="frontend">The name of the frontend or listen section.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer; one that was shut down stays so.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public async Task<RuntimeChange> EnableFrontendAsync(string frontend, CancellationToken cancellationToken = default) =>
        SilentAnswer.Judge(
            await SendAsync(RuntimeCommand.Of("enable", "frontend", frontend), cancellationToken).ConfigureAwait(false),
            unchanged: "All sockets are already enabled.");

    /// <summary>Closes a frontend: it refuses new connections, and keeps those that it has.</summary>
    /// <param name="frontend">The name of the frontend or listen section.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public async Task<RuntimeChange> DisableFrontendAsync(string frontend, CancellationToken cancellationToken = default) =>
        SilentAnswer.Judge(
            await SendAsync(RuntimeCommand.Of("disable", "frontend", frontend), cancellationToken).ConfigureAwait(false),
            unchanged: "All sockets are already disabled.");

    /// <summary>Ends a frontend and gives its ports back. Only a reload brings it back.</summary>
    /// <param name="frontend">The name of the frontend or listen section.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public async Task<RuntimeChange> ShutdownFrontendAsync(string frontend, CancellationToken cancellationToken = default) =>
        SilentAnswer.Judge(
            await SendAsync(RuntimeCommand.Of("shutdown", "frontend", frontend), cancellationToken).ConfigureAwait(false),
            unchanged: "Frontend was already shut down.");

    /// <summary>Sets how many connections a frontend takes at most at once.</summary>
    /// <param name="frontend">The name of the frontend or listen section.</param>
    /// <param name="connections">The number, at least 1: with 0 HAProxy would take none, without a word.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer.</returns>
    /// <exception cref="ArgumentException">The name is empty, or the number is less than 1.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public Task<RuntimeChange> SetFrontendMaxConnectionsAsync(string frontend, int connections, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(connections, 1);
        return ChangeAsync(RuntimeCommand.Of("set", "maxconn", "frontend", frontend, Text(connections)), cancellationToken);
    }
}
