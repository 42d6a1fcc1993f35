using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Drift;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Deployment;

/// <summary>Spare servers are given addresses and lose them again without a reload (rule 9), and what ends on them ends in peace (rule 10).</summary>
public sealed class SpareServerTests
{
    private const string Spare1 = "server n1 0.0.0.0:1 disabled";
    private const string Spare2 = "server n2 0.0.0.0:1 disabled";

    public static TheoryData<string> Branches { get; } = [.. HaproxyPrograms.Branches];

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Server_that_loses_its_address_lets_its_sessions_end_and_is_in_maintenance_then(string branch)
    {
        await using var bed = await Bed.StartAsync(branch);
        await bed.ChangeAsync(Spare1, bed.Taken("n1", bed.A));
        Assert.Equal("a", await HttpProbe.AskAsync(bed.Port));
        using var session = await LongLivedConnection.OpenAsync(bed.Port);
        Assert.Equal("a: 1", await session.SayAsync("1"));
        await bed.ChangeAsync(Spare2, bed.Taken("n2", bed.B));

        var released = await bed.ChangeAsync(bed.Taken("n1", bed.A), Spare1);

        var drainage = Assert.Single(released.Drainages);
        Assert.Equal("b", await HttpProbe.AskAsync(bed.Port));
        Assert.Equal("a: 2", await session.SayAsync("2"));
        Assert.Equal(ServerAdminStates.ForcedDrain, await bed.AdminAsync("n1") & ~ServerAdminStates.ConfiguredMaintenance);
        Assert.Empty(await bed.DriftAsync());

        // A pass that changes nothing finds nothing to do meanwhile.
        Assert.Empty((await bed.ChangeAsync("x", "x")).Plan.Steps);
        Assert.False(drainage.Completion.IsCompleted);
        session.Dispose();

        Assert.Equal(DrainageEnding.Released, (await drainage.Completion.WaitAsync(Eventually.DefaultTimeout)).Ending);
        Assert.True((await bed.AdminAsync("n1")).HasFlag(ServerAdminStates.ForcedMaintenance));
        Assert.Empty(await bed.DriftAsync());
        Assert.Equal("b", await HttpProbe.AskAsync(bed.Port));
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Server_whose_grace_is_over_has_its_sessions_cut_and_stays(string branch)
    {
        await using var bed = await Bed.StartAsync(branch);
        await bed.ChangeAsync(Spare1, bed.Taken("n1", bed.A));
        using var session = await LongLivedConnection.OpenAsync(bed.Port);
        Assert.Equal("a: 1", await session.SayAsync("1"));

        var released = await bed.ChangeAsync(bed.Taken("n1", bed.A), Spare1, TimeSpan.FromMilliseconds(300));

        var end = await Assert.Single(released.Drainages).Completion.WaitAsync(Eventually.DefaultTimeout);
        Assert.Equal((DrainageEnding.Released, 1, ""), (end.Ending, end.SessionsEnded, end.Message));
        Assert.Null(await session.SayAsync("2"));
        Assert.True((await bed.AdminAsync("n1")).HasFlag(ServerAdminStates.ForcedMaintenance));
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Server_that_drains_and_is_given_another_address_serves_it_and_keeps_its_sessions(string branch)
    {
        await using var bed = await Bed.StartAsync(branch);
        await bed.ChangeAsync(Spare1, bed.Taken("n1", bed.A));
        using var session = await LongLivedConnection.OpenAsync(bed.Port);
        Assert.Equal("a: 1", await session.SayAsync("1"));
        var drainage = Assert.Single((await bed.ChangeAsync(bed.Taken("n1", bed.A), Spare1)).Drainages);

        await bed.ChangeAsync(Spare1, bed.Taken("n1", bed.B));

        Assert.Equal(DrainageEnding.Reclaimed, (await drainage.Completion.WaitAsync(Eventually.DefaultTimeout)).Ending);
        Assert.Equal("b", await HttpProbe.AskAsync(bed.Port));
        Assert.Equal("a: 2", await session.SayAsync("2"));
        Assert.Empty(await bed.DriftAsync());
    }

    /// <summary>Two programs may work on one HAProxy: what another one has put into service is not put out of it.</summary>
    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Server_that_drains_and_is_given_another_address_by_another_program_stays_in_service(string branch)
    {
        await using var bed = await Bed.StartAsync(branch);
        await bed.ChangeAsync(Spare1, bed.Taken("n1", bed.A));
        using var session = await LongLivedConnection.OpenAsync(bed.Port);
        Assert.Equal("a: 1", await session.SayAsync("1"));
        var drainage = Assert.Single((await bed.ChangeAsync(bed.Taken("n1", bed.A), Spare1)).Drainages);

        var other = bed.Haproxy.Deployer();
        Assert.Equal(DeploymentOutcome.Applied, (await other.ApplyAsync(Bed.Request(Spare1, bed.Taken("n1", bed.B)))).Outcome);
        session.Dispose();

        Assert.Equal(DrainageEnding.Reclaimed, (await drainage.Completion.WaitAsync(Eventually.DefaultTimeout)).Ending);
        Assert.Equal("b", await HttpProbe.AskAsync(bed.Port));
        Assert.Equal(ServerAdminStates.None, await bed.AdminAsync("n1") & ~ServerAdminStates.ConfiguredMaintenance);
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Server_that_was_down_is_in_rotation_at_once_with_another_address_of_either_family(string branch)
    {
        await using var bed = await Bed.StartAsync(branch);
        await using var six = StandInNode.Start("six", "::1");
        await bed.ChangeAsync(Spare1, bed.Taken("n1", bed.A));
        await bed.A.StopAsync();
        await bed.DownAsync("n1");

        await bed.ChangeAsync(bed.Taken("n1", bed.A), bed.Taken("n1", six));
        Assert.Equal("six", await HttpProbe.AskAsync(bed.Port));

        await six.StopAsync();
        await bed.DownAsync("n1");
        await bed.ChangeAsync(bed.Taken("n1", six), Spare1);
        await bed.ChangeAsync(Spare1, bed.Taken("n1", bed.B));
        Assert.Equal("b", await HttpProbe.AskAsync(bed.Port));
        Assert.Empty(await bed.DriftAsync());
    }

    /// <summary>Rule 5 keeps over a reload what was set by hand; what was said of a server before it became a spare one is no such thing.</summary>
    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Reload_leaves_spare_servers_out_of_service_and_one_that_is_down_down(string branch)
    {
        await using var bed = await Bed.StartAsync(branch);
        await bed.ChangeAsync(Spare1, bed.Taken("n1", bed.A));
        await bed.ChangeAsync(Spare2, bed.Taken("n2", bed.B));
        await bed.Haproxy.Instance.AskAsync("set server pool/n1 health down");
        await bed.DownAsync("n1");

        // In one change n2 becomes spare, and a reload is needed.
        var request = Bed.Request(bed.Taken("n2", bed.B), Spare2);
        var result = await bed.Deployer.ApplyAsync(request with
        {
            Edit = document => DeployedHaproxy.Add("backend more\n  mode tcp\n").Edit(request.Edit(document)),
        });

        Assert.True(result is { Outcome: DeploymentOutcome.Applied, Reloaded: true }, $"{result.Outcome} {string.Join(';', result.Diagnostics)}");
        Assert.True((await bed.AdminAsync("n2")).HasFlag(ServerAdminStates.ForcedMaintenance));
        Assert.Contains(result.Diagnostics, diagnostic => diagnostic.Message == "pool/n1 is down as before");
    }

    /// <summary>That it was out of service when the reload began was our own doing, and nobody's whose word is kept.</summary>
    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Server_that_became_spare_and_is_given_an_address_by_a_reload_is_in_service(string branch)
    {
        await using var bed = await Bed.StartAsync(branch);
        await bed.ChangeAsync(Spare1, bed.Taken("n1", bed.A));
        await bed.Haproxy.Instance.ReloadAsync();
        var released = await bed.ChangeAsync(bed.Taken("n1", bed.A), Spare1);
        await Assert.Single(released.Drainages).Completion.WaitAsync(Eventually.DefaultTimeout);

        var request = Bed.Request(Spare1, bed.Taken("n1", bed.B));
        var result = await bed.Deployer.ApplyAsync(request with
        {
            Edit = document => DeployedHaproxy.Add("backend more\n  mode tcp\n").Edit(request.Edit(document)),
        });

        Assert.True(result is { Outcome: DeploymentOutcome.Applied, Reloaded: true }, $"{result.Outcome} {string.Join(';', result.Diagnostics)}");
        Assert.Equal(ServerAdminStates.None, await bed.AdminAsync("n1"));
        Assert.Equal("b", await HttpProbe.AskAsync(bed.Port));
    }

    /// <summary>A program was killed after it had written the file that gives a spare server an address, and before HAProxy was told.</summary>
    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Server_that_a_killed_program_has_given_an_address_in_the_file_alone_is_in_service_after_the_next_start(string branch)
    {
        await using var bed = await Bed.StartAsync(branch);
        await bed.ChangeAsync(Spare1, bed.Taken("n1", bed.A));
        await bed.Haproxy.Instance.ReloadAsync();
        var released = await bed.ChangeAsync(bed.Taken("n1", bed.A), Spare1);
        await Assert.Single(released.Drainages).Completion.WaitAsync(Eventually.DefaultTimeout);
        var path = bed.Haproxy.Instance.ConfigPath;
        await File.WriteAllTextAsync(path, bed.Haproxy.Text.Replace(Spare1, bed.Taken("n1", bed.B), StringComparison.Ordinal));
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(path)!, ".haproxy.cfg.0123456789ab.unfinished~"), "");

        var result = await bed.Haproxy.Deployer().ApplyAsync(Bed.Request("x", "x"));

        Assert.True(result is { Outcome: DeploymentOutcome.Applied, Reloaded: true }, $"{result.Outcome} {string.Join(';', result.Diagnostics)}");
        Assert.Equal(ServerAdminStates.None, await bed.AdminAsync("n1"));
        Assert.Equal("b", await HttpProbe.AskAsync(bed.Port));
    }

    /// <summary>A backend of two spare servers, checked often.</summary>
    private sealed class Bed : IAsyncDisposable
    {
        private readonly RuntimeClient _client;

        private Bed(DeployedHaproxy haproxy, StandInNode a, StandInNode b, int port)
        {
            (Haproxy, A, B, Port, Deployer) = (haproxy, a, b, port, haproxy.Deployer());
            _client = new RuntimeClient(RuntimeEndpoint.Unix(haproxy.Instance.StatsSocket));
        }

        public DeployedHaproxy Haproxy { get; }

        public Deployer Deployer { get; }

        public StandInNode A { get; }

        public StandInNode B { get; }

        public int Port { get; }

        public static async Task<Bed> StartAsync(string branch)
        {
            var (a, b, port) = (StandInNode.Start("a"), StandInNode.Start("b", "127.0.0.3"), Ports.Take());
            var haproxy = await DeployedHaproxy.StartAsync(branch, more:
                $"frontend pools\n  bind 127.0.0.1:{port}\n  default_backend pool\n"
                + $"backend pool\n  balance roundrobin\n  default-server check inter 50ms fastinter 50ms downinter 50ms fall 2 rise 10000\n  {Spare1}\n  {Spare2}\n");
            return new Bed(haproxy, a, b, port);
        }

        public static DeploymentRequest Request(string from, string to) => DeployedHaproxy.Change(from, to, static name => name == "pool") with { Undo = null };

        public string Taken(string server, StandInNode node) => $"server {server} {new System.Net.IPEndPoint(node.Address, node.Port)} weight 100";

        /// <summary>Changes a line without a reload.</summary>
        public async Task<DeploymentResult> ChangeAsync(string from, string to, TimeSpan? grace = null)
        {
            var result = await Deployer.ApplyAsync(Request(from, to) with { DrainGrace = grace ?? TimeSpan.FromMinutes(5) });
            Assert.True(
                result is { Outcome: DeploymentOutcome.Applied or DeploymentOutcome.Unchanged, Reloaded: false }, $"{result.Outcome} {result.Plan} {string.Join(';', result.Diagnostics)}");
            return result;
        }

        public async Task<ServerAdminStates> AdminAsync(string server) => (await ServerAsync(server)).Admin;

        public Task DownAsync(string server) => Eventually.TrueAsync(
            async () => (await ServerAsync(server)).Operational == ServerOperationalState.Stopped, $"{server} is down");

        public async Task<IReadOnlyList<DriftItem>> DriftAsync()
        {
            var watch = new WorkerWatch(_client, new MasterClient(RuntimeEndpoint.Unix(Haproxy.Instance.MasterSocket)));
            return (await new DriftDetector(Haproxy.File, watch).DetectAsync()).Items;
        }

        public async ValueTask DisposeAsync()
        {
            await Haproxy.DisposeAsync();
            await A.DisposeAsync();
            await B.DisposeAsync();
        }

        private async Task<ServerState> ServerAsync(string server) => (await _client.ShowServersStateAsync("pool")).Single(row => row.Name == server);
    }
}
