using HaproxyKit.Catalog;
using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Planning;

/// <summary>Reads what the running HAProxy serves, through its Runtime API.</summary>
internal sealed class RunningStateReader(RuntimeClient runtime)
{
    private const string NoSuchProxy = "No such proxy.";
    private const string All = "-1";

    /// <summary>More proxies than these are read with all others: one large answer costs less than many small ones.</summary>
    private const int MaxScope = 50;

    private static readonly RuntimeCommand Info = RuntimeCommand.Of("show", "info");
    private static readonly RuntimeCommand[] WholeState = [Info, RuntimeCommand.Of("show", "stat"), RuntimeCommand.Of("show", "servers", "state")];

    /// <summary>The state as one worker told it in one exchange.</summary>
    /// <param name="proxies">The proxies to ask for, so that the cost is theirs alone; null for all.</param>
    /// <param name="cancellationToken">Ends the exchange.</param>
    /// <exception cref="RuntimeException">HAProxy does not answer, or not as HAProxy does.</exception>
    internal async Task<RunningState> ReadAsync(IReadOnlySet<string>? proxies, CancellationToken cancellationToken)
    {
        var scope = proxies is { Count: <= MaxScope } ? proxies : null;
        var answers = await runtime.SendAsync(scope is null ? WholeState : CommandsFor(scope), cancellationToken).ConfigureAwait(false);
        var rows = new List<StatRow>();
        var servers = new List<ServerState>();
        for (var i = 1; i < answers.Count; i += 2)
        {
            if (answers[i] == NoSuchProxy)
            {
                continue;
            }

            rows.AddRange(StatTable.Parse(answers[i]) ?? throw NotHaproxys());
            servers.AddRange(ServerStateTable.Parse(answers[i + 1]) ?? throw NotHaproxys());
        }

        return Compose(InfoIn(answers), rows, servers) with { Scope = scope };
    }

    /// <summary>As much of the state as shows whether the commands of a plan were done.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellationToken">Ends the exchange.</param>
    /// <exception cref="RuntimeException">HAProxy does not answer, or not as HAProxy does.</exception>
    internal Task<RunningState> ReadBackAsync(DeploymentPlan plan, CancellationToken cancellationToken)
    {
        var touched = plan.TouchedProxies();
        return touched.Count <= MaxScope && plan.Commands.All(command => command.ShowsInServersState)
            ? ReadServersAsync(touched, cancellationToken)
            : ReadAsync(touched, cancellationToken);
    }

    /// <summary>The servers of some backends alone, without what is counted of them: that costs HAProxy the same however many proxies it has.</summary>
    private async Task<RunningState> ReadServersAsync(IReadOnlySet<string> backends, CancellationToken cancellationToken)
    {
        var answers = await runtime.SendAsync([Info, .. backends.Select(ServersOf)], cancellationToken).ConfigureAwait(false);
        var servers = answers.Skip(1).SelectMany(answer => ServerStateTable.Parse(answer) ?? throw NotHaproxys());
        return Compose(InfoIn(answers), [], [.. servers]) with { Scope = backends };
    }

    private static RuntimeCommand[] CommandsFor(IReadOnlySet<string> proxies) =>
    [
        Info,
        .. proxies.SelectMany(proxy => new[]
        {
            RuntimeCommand.Of("show", "stat", proxy, All, All),
            ServersOf(proxy),
        }),
    ];

    private static RuntimeCommand ServersOf(string proxy) => RuntimeCommand.Of("show", "servers", "state", proxy);

    private static RunningState Compose(RuntimeInfo info, List<StatRow> rows, List<ServerState> servers)
    {
        var counted = rows.Where(row => row.Kind == StatKind.Server).ToLookup(row => (row.Proxy, row.Service));
        return new RunningState
        {
            Info = info,
            WorkerPid = info.Pid,
            Version = new HaproxyVersion(info.Version.Major, info.Version.Minor),
            FreeDescriptors = DescriptorLimit.Of(info.Pid) - info.Number("Maxsock"),
            Proxies = rows.Select(row => row.Proxy).ToHashSet(StringComparer.Ordinal),
            Frontends = rows.Where(row => row.Kind == StatKind.Frontend).DistinctBy(row => row.Proxy, StringComparer.Ordinal).ToDictionary(
                row => row.Proxy, row => new RunningFrontend(row.Status, row.Number("slim"), row.CurrentSessions), StringComparer.Ordinal),

            // HAProxy only warns of two servers with one name; its commands then reach the one that it finds first.
            Servers = servers.DistinctBy(server => (server.Backend, server.Name)).ToDictionary(
                server => (server.Backend, server.Name), server => Describe(server, counted[(server.Backend, server.Name)].FirstOrDefault())),
        };
    }

    private static RunningServer Describe(ServerState server, StatRow? counted) => new()
    {
        Address = server.Address,
        Port = server.Port,
        Operational = server.Operational,
        Admin = server.Admin,
        Weight = server.Weight,
        ConfiguredWeight = server.ConfiguredWeight,
        MaxConnections = counted is null ? null : counted.Number("slim") ?? 0,
        Sessions = counted?.CurrentSessions ?? 0,
        IsChecked = server.IsChecked,
        CanBeChecked = server.CanBeChecked,
        CheckAddress = server.CheckAddress,
        CheckPort = server.CheckPort,
        HasAgent = server.HasAgent,
        CanHaveAgent = server.CanHaveAgent,
        AgentAddress = server.AgentAddress,
        AgentPort = server.AgentPort,
    };

    private RuntimeInfo InfoIn(IReadOnlyList<string> answers) => RuntimeInfo.Parse(answers[0]) ?? throw NotHaproxys();

    private RuntimeException NotHaproxys() =>
        new(RuntimeFault.Unexpected, $"the answers at {runtime.Endpoint} are not HAProxy's, or its level does not allow them");
}
