namespace HaproxyKit.Control.Runtime;

/// <content>The commands that show something (management guide, 9.3).</content>
public sealed partial class RuntimeClient
{
    private static readonly RuntimeCommand Info = RuntimeCommand.Of("show", "info");
    private static readonly RuntimeCommand Stat = RuntimeCommand.Of("show", "stat");
    private static readonly RuntimeCommand Tables = RuntimeCommand.Of("show", "table");
    private static readonly RuntimeCommand Sessions = RuntimeCommand.Of("show", "sess");
    private static readonly RuntimeCommand Level = RuntimeCommand.Of("show", "cli", "level");

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

    /// <summary>Shows the worker's stick tables.</summary>
    /// <param name="cancellationToken">Ends the exchange.</param>
    /// <returns>The tables in HAProxy's order.</returns>
    /// <exception cref="RuntimeException">There was no whole answer, or one that is no such list.</exception>
    public async Task<IReadOnlyList<StickTable>> ShowTablesAsync(CancellationToken cancellationToken = default)
    {
        var answer = await ShowAsync(Tables, cancellationToken).ConfigureAwait(false);
        return StickTableReading.ParseTables(answer) ?? throw Unexpected(Tables, answer);
    }

    /// <summary>Shows the entries of a stick table.</summary>
    /// <param name="table">The name of the proxy or table.</param>
    /// <param name="cancellationToken">Ends the exchange.</param>
    /// <returns>The entries in HAProxy's order, or null where there is no such table.</returns>
    /// <exception cref="ArgumentException">The name cannot be said.</exception>
    /// <exception cref="RuntimeException">There was no whole answer, or one that is no such list.</exception>
    public async Task<IReadOnlyList<StickTableEntry>?> ShowTableAsync(string table, CancellationToken cancellationToken = default)
    {
        var command = RuntimeCommand.Of("show", "table", table);
        var answer = await ShowAsync(command, cancellationToken).ConfigureAwait(false);
        return SilentAnswer.OutcomeOfRefusal(answer) == RuntimeOutcome.NotFound
            ? null
            : StickTableReading.ParseEntries(answer) ?? throw Unexpected(command, answer);
    }

    /// <summary>Counts the worker's sessions; the answer takes about 400 bytes for each.</summary>
    /// <param name="cancellationToken">Ends the exchange.</param>
    /// <returns>The counts.</returns>
    /// <exception cref="RuntimeException">There was no whole answer, or one that is no list of sessions, or the level is too low.</exception>
    public async Task<SessionCounts> CountSessionsAsync(CancellationToken cancellationToken = default)
    {
        var answer = await ShowAsync(Sessions, cancellationToken).ConfigureAwait(false);
        return SessionCounts.Parse(answer) ?? throw Unexpected(Sessions, answer);
    }

    /// <summary>Shows what this socket allows.</summary>
    /// <param name="cancellationToken">Ends the exchange.</param>
    /// <returns>The level.</returns>
    /// <exception cref="RuntimeException">There was no whole answer, or one that is no level.</exception>
    public async Task<RuntimeLevel> ShowLevelAsync(CancellationToken cancellationToken = default)
    {
        var answer = await ShowAsync(Level, cancellationToken).ConfigureAwait(false);
        return answer switch
        {
            "user" => RuntimeLevel.User,
            "operator" => RuntimeLevel.Operator,
            "admin" => RuntimeLevel.Admin,
            _ => throw Unexpected(Level, answer),
        };
    }

    /// <summary>What <c>show info</c> and <c>show stat</c> say in one exchange, so that both are of the same worker.</summary>
    internal static IReadOnlyList<RuntimeCommand> InfoAndStat { get; } = [Info, Stat];

    /// <summary>Shows the worker's own words and its rows in one exchange.</summary>
    internal async Task<(RuntimeInfo Info, IReadOnlyList<StatRow> Rows)> ShowWorkerAsync(CancellationToken cancellationToken)
    {
        var answers = await SendAsync(InfoAndStat, cancellationToken).ConfigureAwait(false);
        return ReadWorker(answers) ?? throw Unexpected(Info, answers[0]);
    }

    /// <returns>What the answers to <see cref="InfoAndStat"/> say, or null where they are not such answers.</returns>
    internal static (RuntimeInfo Info, IReadOnlyList<StatRow> Rows)? ReadWorker(IReadOnlyList<string> answers) =>
        RuntimeInfo.Parse(answers[0]) is { } info && StatTable.Parse(answers[1]) is { } rows ? (info, rows) : null;
}
