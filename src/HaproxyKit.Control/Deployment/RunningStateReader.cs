using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Deployment;

/// <summary>Reads what the running HAProxy serves, through its Runtime API.</summary>
internal sealed class RunningStateReader(RuntimeClient runtime)
{
    private const string Open = "OPEN";

    /// <summary>The state as one worker told it; read anew where another worker took over in between.</summary>
    /// <exception cref="RuntimeException">HAProxy does not answer.</exception>
    internal async Task<RunningState> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var pid = (await runtime.ShowInfoAsync(cancellationToken).ConfigureAwait(false)).Pid;
            var rows = await runtime.ShowStatAsync(cancellationToken).ConfigureAwait(false);
            var servers = await runtime.ShowServersStateAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            if ((await runtime.ShowInfoAsync(cancellationToken).ConfigureAwait(false)).Pid == pid)
            {
                return Compose(pid, rows, servers);
            }
        }
    }

    private static RunningState Compose(int pid, IReadOnlyList<StatRow> rows, IReadOnlyList<ServerState> servers) => new()
    {
        WorkerPid = pid,
        Proxies = rows.Select(row => row.Proxy).ToHashSet(StringComparer.Ordinal),
        OpenFrontends = rows.Where(row => row.Kind == StatKind.Frontend && row.Status == Open).Select(row => row.Proxy).ToHashSet(StringComparer.Ordinal),
        Servers = servers.ToDictionary(
            server => (server.Backend, server.Name),
            server => new RunningServer(
                server.Address,
                server.Port,
                server.Operational == ServerOperationalState.Stopped && server.Admin == ServerAdminStates.None,
                server.Admin != ServerAdminStates.None)),
    };
}
