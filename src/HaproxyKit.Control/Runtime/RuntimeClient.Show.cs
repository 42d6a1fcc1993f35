namespace HaproxyKit.Control.Runtime;

/// <content>The commands that show something (management guide, 9.3; for the master, 9.4).</content>
public sealed partial class RuntimeClient
{
    private static readonly RuntimeCommand Info = RuntimeCommand.Of("show", "info");
    private static readonly RuntimeCommand Stat = RuntimeCommand.Of("show", "stat");
    private static readonly RuntimeCommand Processes = RuntimeCommand.Of("show", "proc");

    /// <summary>Shows the servers as the worker has them.</summary>
    /// <param name="backend">The backend, or null for all.</param>
    /// <param name="cancellationToken">Ends the exchange.</param>
    /// <returns>The servers in HAProxy's order; none where there is no such backend.</returns>
    /// <exception cref="ArgumentException">The name holds a control character.</exception>
    /// <exception cref="RuntimeException">There was no whole answer, or one that is no such table.</exception>
    public async Task<IReadOnlyList<ServerState>> ShowServersStateAsync(
        string? backend = null, CancellationToken cancellationToken = default)
    {
        var command = backend is null
            ? RuntimeCommand.Of("show", "servers", "state")
            : RuntimeCommand.Of("show", "servers", "state", backend);
        var answer = await ShowAsync(command, cancellationToken).ConfigureAwait(false);
        return ServerStateTable.Parse(answer) ?? throw Unexpected(command, answer);
    }

    /// <summary>Shows what the worker says of itself.</summary>
    /// <param name="cancellationToken">Ends the exchange.</param>
    /// <returns>The worker's process id, version, limits and the rest.</returns>
    /// <exception cref="RuntimeException">There was no whole answer, or one without process id and version.</exception>
    public async Task<RuntimeInfo> ShowInfoAsync(CancellationToken cancellationToken = default)
    {
        var answer = await ShowAsync(Info, cancellationToken).ConfigureAwait(false);
        return RuntimeInfo.Parse(answer) ?? throw Unexpected(Info, answer);
    }

    /// <summary>Shows all frontends, backends, servers and, with <c>option socket-stats</c>, listening sockets.</summary>
    /// <param name="cancellationToken">Ends the exchange.</param>
    /// <returns>The rows in HAProxy's order.</returns>
    /// <exception cref="RuntimeException">There was no whole answer, or one that is no such table.</exception>
    public async Task<IReadOnlyList<StatRow>> ShowStatAsync(CancellationToken cancellationToken = default)
    {
        var answer = await ShowAsync(Stat, cancellationToken).ConfigureAwait(false);
        return StatTable.Parse(answer) ?? throw Unexpected(Stat, answer);
    }

    /// <summary>Shows the worker's own words and its rows in one exchange, so that both are of the same worker.</summary>
    internal async Task<(RuntimeInfo Info, IReadOnlyList<StatRow> Rows)> ShowWorkerAsync(CancellationToken cancellationToken)
    {
        var answers = await SendAsync([Info, Stat], cancellationToken).ConfigureAwait(false);
        return (RuntimeInfo.Parse(answers[0]) ?? throw Unexpected(Info, answers[0]),
            StatTable.Parse(answers[1]) ?? throw Unexpected(Stat, answers[1]));
    }

    /// <summary>Shows the master's processes. Only the master socket knows the command.</summary>
    /// <param name="cancellationToken">Ends the exchange.</param>
    /// <returns>The master, its workers, and those of earlier configurations.</returns>
    /// <exception cref="RuntimeException">
    /// There was no whole answer (up to 3.0 the master does not listen while it loads), or one that is no such table.
    /// </exception>
    public async Task<ProcessList> ShowProcessesAsync(CancellationToken cancellationToken = default)
    {
        var answer = await ShowAsync(Processes, cancellationToken).ConfigureAwait(false);
        return ProcessList.Parse(answer) ?? throw Unexpected(Processes, answer);
    }
}
