using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Deployment;

/// <summary>Reads what the running HAProxy serves, through its Runtime API.</summary>
internal sealed class RunningStateReader(RuntimeClient runtime)
{
    private const string Open = "OPEN";
    private static readonly RuntimeCommand[] Commands =
        [RuntimeCommand.Of("show", "info"), RuntimeCommand.Of("show", "stat"), RuntimeCommand.Of("show", "servers", "state")];

    /// <summary>The state as one worker told it in one exchange.</summary>
    /// <exception cref="RuntimeException">HAProxy does not answer, or not as HAProxy does.</exception>
    internal async Task<RunningState> ReadAsync(CancellationToken cancellationToken)
    {
        var answers = await runtime.SendAsync(Commands, cancellationToken).ConfigureAwait(false);
        return RuntimeInfo.Parse(answers[0]) is { } info && StatTable.Parse(answers[1]) is { } rows && ServerStateTable.Parse(answers[2]) is { } servers
            ? Compose(info, rows, servers)
            : throw new RuntimeException(RuntimeFault.Unexpected, $"the answers at {runtime.Endpoint} are not HAProxy's, or its level does not allow them");
    }

    private static RunningState Compose(RuntimeInfo info, IReadOnlyList<StatRow> rows, IReadOnlyList<ServerState> servers) => new()
    {
        WorkerPid = info.Pid,
        FreeDescriptors = DescriptorLimit.Of(info.Pid) - info.Number("Maxsock"),
        Proxies = rows.Select(row => row.Proxy).ToHashSet(StringComparer.Ordinal),
        OpenFrontends = rows.Where(row => row.Kind == StatKind.Frontend && row.Status == Open).Select(row => row.Proxy).ToHashSet(StringComparer.Ordinal),

        // HAProxy only warns of two servers with one name; its commands then reach the one that it finds first.
        Servers = servers.DistinctBy(server => (server.Backend, server.Name)).ToDictionary(
            server => (server.Backend, server.Name),
            server => new RunningServer(
                server.Address,
                server.Port,
                server.Operational == ServerOperationalState.Stopped && server.Admin == ServerAdminStates.None,
                server.Admin != ServerAdminStates.None)),
    };
}
