using System.Net;
using System.Net.Sockets;
using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Deployment;

/// <summary>A server that goes is drained, in old workers too, and then deleted (rule 10).</summary>
public sealed class ServerDrainageTests
{
    public static TheoryData<string> Branches { get; } = [.. HaproxyPrograms.Branches];

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Completion_server_without_sessions_left_is_deleted(string branch)
    {
        await using var bed = await Bed.StartAsync(branch);
        using var session = await LongLivedConnection.OpenAsync(bed.Port);
        Assert.Equal("a: 1", await session.SayAsync("1"));

        var result = await bed.RemoveAsync(TimeSpan.FromMinutes(5));

        Assert.True(result is { Outcome: DeploymentOutcome.Applied, Reloaded: false }, $"{result.Outcome} {result.Plan} {string.Join(';', result.Diagnostics)}");
        var drainage = Assert.Single(result.Drainages);
        Assert.Equal(("pool", "a"), (drainage.Backend, drainage.Server));
        Assert.Equal("z", await HttpProbe.AskAsync(bed.Port));
        Assert.Equal("a: 2", await session.SayAsync("2"));

        // The queue goes on meanwhile.
        Assert.Equal(DeploymentOutcome.Applied, (await bed.Deployer.ApplyAsync(DeployedHaproxy.Change("s1 127.0.0.2", "s1 127.0.0.3", DeployedHaproxy.IsApp))).Outcome);
        Assert.False(drainage.Completion.IsCompleted);
        session.Dispose();

        var end = await drainage.Completion.WaitAsync(Eventually.DefaultTimeout);
        Assert.Equal((DrainageEnding.Deleted, 0, ""), (end.Ending, end.SessionsEnded, end.Message));
        Assert.DoesNotContain(await bed.ServersAsync(), server => server.Name == "a");
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Completion_grace_over_cuts_the_sessions_that_are_left(string branch)
    {
        await using var bed = await Bed.StartAsync(branch);
        using var session = await LongLivedConnection.OpenAsync(bed.Port);
        Assert.Equal("a: 1", await session.SayAsync("1"));

        var result = await bed.RemoveAsync(TimeSpan.FromMilliseconds(300));

        var end = await Assert.Single(result.Drainages).Completion.WaitAsync(Eventually.DefaultTimeout);
        Assert.Equal((DrainageEnding.Deleted, 1, ""), (end.Ending, end.SessionsEnded, end.Message));
        Assert.Null(await session.SayAsync("2"));
        Assert.DoesNotContain(await bed.ServersAsync(), server => server.Name == "a");
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Completion_session_on_an_old_worker_counts_too(string branch)
    {
        await using var bed = await Bed.StartAsync(branch);
        using var session = await LongLivedConnection.OpenAsync(bed.Port);
        Assert.Equal("a: 1", await session.SayAsync("1"));
        await bed.Haproxy.Instance.ReloadAsync();
        Assert.Equal("a: 2", await session.SayAsync("2"));

        var result = await bed.RemoveAsync(TimeSpan.FromSeconds(1));

        var end = await Assert.Single(result.Drainages).Completion.WaitAsync(Eventually.DefaultTimeout);
        Assert.Equal((DrainageEnding.Deleted, 1, ""), (end.Ending, end.SessionsEnded, end.Message));
        Assert.Null(await session.SayAsync("3"));
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Completion_old_worker_that_cannot_be_asked_is_waited_for(string branch)
    {
        await using var bed = await Bed.StartAsync(branch, byMaster: false);
        using var session = await LongLivedConnection.OpenAsync(bed.Port);
        Assert.Equal("a: 1", await session.SayAsync("1"));
        await bed.Haproxy.Instance.ReloadAsync();

        var drainage = Assert.Single((await bed.RemoveAsync(TimeSpan.FromMinutes(5))).Drainages);

        // As long as some other changes take, which is many times as long as to delete a server.
        for (var i = 3; i < 23; i++)
        {
            await bed.Deployer.ApplyAsync(DeployedHaproxy.Change($"s1 127.0.0.{i - 1}:", $"s1 127.0.0.{i}:", DeployedHaproxy.IsApp));
        }

        Assert.False(drainage.Completion.IsCompleted);
        Assert.Contains(await bed.ServersAsync(), server => server.Name == "a");
        Assert.Equal("a: 2", await session.SayAsync("2"));
        session.Dispose();

        var end = await drainage.Completion.WaitAsync(Eventually.DefaultTimeout);
        Assert.Equal((DrainageEnding.Deleted, 0, 0, ""), (end.Ending, end.SessionsEnded, end.UnaskedOldWorkers, end.Message));
        Assert.DoesNotContain(await bed.ServersAsync(), server => server.Name == "a");
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Completion_old_worker_that_cannot_be_asked_is_told_of_when_the_grace_is_over(string branch)
    {
        await using var bed = await Bed.StartAsync(branch, byMaster: false);
        using var session = await LongLivedConnection.OpenAsync(bed.Port);
        Assert.Equal("a: 1", await session.SayAsync("1"));
        await bed.Haproxy.Instance.ReloadAsync();
        var grace = TimeSpan.FromMilliseconds(300);

        var end = await Assert.Single((await bed.RemoveAsync(grace)).Drainages).Completion.WaitAsync(Eventually.DefaultTimeout);

        Assert.Equal((DrainageEnding.Deleted, 0, 1, ""), (end.Ending, end.SessionsEnded, end.UnaskedOldWorkers, end.Message));
        Assert.True(end.Duration >= grace, $"{end.Duration}");
        Assert.DoesNotContain(await bed.ServersAsync(), server => server.Name == "a");
        Assert.Equal("a: 2", await session.SayAsync("2"));
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Completion_server_that_is_wanted_again_is_put_back_into_service(string branch)
    {
        await using var bed = await Bed.StartAsync(branch);
        using var session = await LongLivedConnection.OpenAsync(bed.Port);
        Assert.Equal("a: 1", await session.SayAsync("1"));
        var drainage = Assert.Single((await bed.RemoveAsync(TimeSpan.FromMinutes(5))).Drainages);

        var back = await bed.ReturnAsync();

        Assert.True(back is { Outcome: DeploymentOutcome.Applied, Reloaded: false }, $"{back.Outcome} {back.Plan} {string.Join(';', back.Diagnostics)}");
        Assert.Equal(DrainageEnding.Reclaimed, (await drainage.Completion.WaitAsync(Eventually.DefaultTimeout)).Ending);
        Assert.True((await bed.ServersAsync()).Single(server => server.Name == "a").IsInRotation);
        Assert.Equal("a", await HttpProbe.AskAsync(bed.Port));
        Assert.Equal("a: 2", await session.SayAsync("2"));
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Completion_change_that_wants_it_again_and_is_refused_lets_it_go_on(string branch)
    {
        await using var bed = await Bed.StartAsync(branch);
        using var session = await LongLivedConnection.OpenAsync(bed.Port);
        Assert.Equal("a: 1", await session.SayAsync("1"));
        var drainage = Assert.Single((await bed.RemoveAsync(TimeSpan.FromMinutes(5))).Drainages);
        var draining = (await bed.ServersAsync()).Single(server => server.Name == "a");

        var refused = await bed.ReturnAsync(more: "backend other\n  no such keyword\n");

        Assert.Equal(DeploymentOutcome.Rejected, refused.Outcome);
        await bed.AssertDrainsToItsEndAsync(drainage, session, draining);
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Completion_change_that_wants_it_again_and_asks_for_a_taken_port_lets_it_go_on(string branch)
    {
        await using var bed = await Bed.StartAsync(branch);
        using var session = await LongLivedConnection.OpenAsync(bed.Port);
        Assert.Equal("a: 1", await session.SayAsync("1"));
        var drainage = Assert.Single((await bed.RemoveAsync(TimeSpan.FromMinutes(5))).Drainages);
        var draining = (await bed.ServersAsync()).Single(server => server.Name == "a");
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        var refused = await bed.ReturnAsync(more: $"frontend other\n  bind 127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}\n  default_backend pool\n");

        Assert.Equal(DeploymentOutcome.Rejected, refused.Outcome);
        await bed.AssertDrainsToItsEndAsync(drainage, session, draining);
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Completion_change_that_wants_it_again_and_is_rolled_back_lets_it_go_on(string branch)
    {
        await using var bed = await Bed.StartAsync(branch, real => new ReloaderAround(
            real, () => throw new RuntimeException(RuntimeFault.PermissionDenied, "the master cannot be signalled")));
        using var session = await LongLivedConnection.OpenAsync(bed.Port);
        Assert.Equal("a: 1", await session.SayAsync("1"));
        var drainage = Assert.Single((await bed.RemoveAsync(TimeSpan.FromMinutes(5))).Drainages);
        var draining = (await bed.ServersAsync()).Single(server => server.Name == "a");

        var undone = await bed.ReturnAsync(more: $"frontend other\n  bind 127.0.0.1:{Ports.Take()}\n  default_backend pool\n");

        Assert.Equal(DeploymentOutcome.RolledBack, undone.Outcome);
        await bed.AssertDrainsToItsEndAsync(drainage, session, draining);
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Completion_server_that_was_put_back_and_is_taken_back_with_the_rest_drains_on(string branch)
    {
        var isFirst = true;
        RuntimeClient? stats = null;
        await using var bed = await Bed.StartAsync(branch, checker: real => new CheckerAround(real, _ =>
        {
            if (!isFirst)
            {
                return null;
            }

            // Somebody takes another server out after the change was planned.
            isFirst = false;
            stats!.SetServerModeAsync("later", "s9", ServerMode.Maintenance).GetAwaiter().GetResult();
            Assert.True(stats.DeleteServerAsync("later", "s9").GetAwaiter().GetResult().IsSuccess);
            return new CheckResult { Verdict = CheckVerdict.Accepted };
        }));
        stats = new RuntimeClient(RuntimeEndpoint.Unix(bed.Haproxy.Instance.StatsSocket));
        using var session = await LongLivedConnection.OpenAsync(bed.Port);
        Assert.Equal("a: 1", await session.SayAsync("1"));
        var drainage = Assert.Single((await bed.RemoveAsync(TimeSpan.FromMinutes(5))).Drainages);
        var draining = (await bed.ServersAsync()).Single(server => server.Name == "a");
        File.AppendAllText(bed.Haproxy.Instance.ConfigPath, "backend operators\n  the operator's typo\n");

        var undone = await bed.ReturnAsync(swap: ("s9 127.0.0.9", "s9 127.0.0.8"));

        Assert.Equal(DeploymentOutcome.RolledBack, undone.Outcome);
        Assert.Contains(undone.Diagnostics, d => d.Id == DiagnosticIds.RuntimeRefused);
        await bed.AssertDrainsToItsEndAsync(drainage, session, draining);
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Completion_server_that_is_wanted_again_with_a_reload_is_put_back_into_service(string branch)
    {
        await using var bed = await Bed.StartAsync(branch);
        using var session = await LongLivedConnection.OpenAsync(bed.Port);
        Assert.Equal("a: 1", await session.SayAsync("1"));
        var drainage = Assert.Single((await bed.RemoveAsync(TimeSpan.FromMinutes(5))).Drainages);
        var port = Ports.Take();

        var back = await bed.ReturnAsync(more: $"frontend other\n  bind 127.0.0.1:{port}\n  default_backend pool\n");

        Assert.True(back is { Outcome: DeploymentOutcome.Applied, Reloaded: true }, $"{back.Outcome} {back.Plan} {string.Join(';', back.Diagnostics)}");
        Assert.Equal(DrainageEnding.Reclaimed, (await drainage.Completion.WaitAsync(Eventually.DefaultTimeout)).Ending);
        Assert.True((await bed.ServersAsync()).Single(server => server.Name == "a").IsInRotation);
        Assert.Equal("a", await HttpProbe.AskAsync(port));
        Assert.Equal("a: 2", await session.SayAsync("2"));
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Completion_server_that_is_wanted_again_with_other_words_takes_a_reload(string branch)
    {
        await using var bed = await Bed.StartAsync(branch);
        using var session = await LongLivedConnection.OpenAsync(bed.Port);
        Assert.Equal("a: 1", await session.SayAsync("1"));
        var drainage = Assert.Single((await bed.RemoveAsync(TimeSpan.FromMinutes(5))).Drainages);

        var back = await bed.ReturnAsync(words: " on-marked-down shutdown-sessions");

        Assert.True(back is { Outcome: DeploymentOutcome.Applied, Reloaded: true }, $"{back.Outcome} {back.Plan} {string.Join(';', back.Diagnostics)}");
        Assert.Equal(DrainageEnding.Reclaimed, (await drainage.Completion.WaitAsync(Eventually.DefaultTimeout)).Ending);
        Assert.True((await bed.ServersAsync()).Single(server => server.Name == "a").IsInRotation);
        Assert.Equal("a", await HttpProbe.AskAsync(bed.Port));
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Completion_preview_that_wants_it_again_lets_it_go_on(string branch)
    {
        await using var bed = await Bed.StartAsync(branch);
        using var session = await LongLivedConnection.OpenAsync(bed.Port);
        Assert.Equal("a: 1", await session.SayAsync("1"));
        var drainage = Assert.Single((await bed.RemoveAsync(TimeSpan.FromMinutes(5))).Drainages);
        var draining = (await bed.ServersAsync()).Single(server => server.Name == "a");

        Assert.True((await bed.PreviewReturnAsync()).IsAccepted);

        await bed.AssertDrainsToItsEndAsync(drainage, session, draining);
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Completion_reload_meanwhile_ends_it_and_leaves_the_session(string branch)
    {
        await using var bed = await Bed.StartAsync(branch);
        using var session = await LongLivedConnection.OpenAsync(bed.Port);
        Assert.Equal("a: 1", await session.SayAsync("1"));
        var drainage = Assert.Single((await bed.RemoveAsync(TimeSpan.FromMinutes(5))).Drainages);

        await bed.Haproxy.Instance.ReloadAsync();

        Assert.Equal(DrainageEnding.Reloaded, (await drainage.Completion.WaitAsync(Eventually.DefaultTimeout)).Ending);
        Assert.Equal("a: 2", await session.SayAsync("2"));
        Assert.Equal("z", await HttpProbe.AskAsync(bed.Port));
    }

    /// <summary>A backend whose server <c>a</c> takes all traffic, with <c>z</c> for when it is gone.</summary>
    private sealed class Bed : IAsyncDisposable
    {
        private readonly StandInNode _a;
        private readonly StandInNode _z;
        private readonly string _line;

        private Bed(DeployedHaproxy haproxy, StandInNode a, StandInNode z, string line, int port, Deployer deployer)
        {
            (Haproxy, _a, _z, _line, Port) = (haproxy, a, z, line, port);
            Deployer = deployer;
        }

        public DeployedHaproxy Haproxy { get; }

        public Deployer Deployer { get; }

        public int Port { get; }

        public static async Task<Bed> StartAsync(
            string branch, Func<IReloader, IReloader>? reloader = null, Func<IConfigChecker, IConfigChecker>? checker = null, bool byMaster = true)
        {
            var (a, z, port) = (StandInNode.Start("a"), StandInNode.Start("z"), Ports.Take());
            var line = $"  server a {a.Address}:{a.Port}\n";
            var haproxy = await DeployedHaproxy.StartAsync(branch, more:
                $"frontend pools\n  bind 127.0.0.1:{port}\n  default_backend pool\nbackend pool\n  balance roundrobin\n{line}  server z {z.Address}:{z.Port} backup\nbackend later\n  balance roundrobin\n  server s9 127.0.0.9:1009\n");
            return new Bed(haproxy, a, z, line, port, haproxy.Deployer(byMaster, reloader, checker));
        }

        public Task<DeploymentResult> RemoveAsync(TimeSpan grace) =>
            Deployer.ApplyAsync(DeployedHaproxy.Change(_line, "", static name => name == "pool") with { Undo = null, DrainGrace = grace });

        /// <param name="more">What is added behind the last section.</param>
        /// <param name="words">What is added to the server's line.</param>
        /// <param name="swap">What else is replaced by what.</param>
        public Task<DeploymentResult> ReturnAsync(string more = "", string words = "", (string From, string To)? swap = null) =>
            Deployer.ApplyAsync(new DeploymentRequest { Edit = Returning(more, words, swap ?? ("backend pool", "backend pool")), IsManaged = static name => name == "pool" });

        public Task<DeploymentPreview> PreviewReturnAsync() => new DeploymentPreviewer(
            Haproxy.File, new HaproxyChecker(HaproxyInvocation.FromProcess(Haproxy.Instance.MasterPid).Invocation!),
            new RuntimeClient(RuntimeEndpoint.Unix(Haproxy.Instance.StatsSocket)), new BindProbe()).PreviewAsync(Returning("", "", ("z", "z")));

        /// <summary>Makes sure that the server drains as before, and is deleted when its last session ends.</summary>
        public async Task AssertDrainsToItsEndAsync(ServerDrainage drainage, LongLivedConnection session, ServerState draining)
        {
            Assert.False(drainage.Completion.IsCompleted);
            Assert.Equal(draining.Admin, (await ServersAsync()).Single(server => server.Name == "a").Admin);
            Assert.Equal("z", await HttpProbe.AskAsync(Port));
            Assert.Equal("a: 2", await session.SayAsync("2"));
            session.Dispose();

            var end = await drainage.Completion.WaitAsync(Eventually.DefaultTimeout);
            Assert.Equal((DrainageEnding.Deleted, 0, ""), (end.Ending, end.SessionsEnded, end.Message));
            Assert.DoesNotContain(await ServersAsync(), server => server.Name == "a");
        }

        public Task<IReadOnlyList<ServerState>> ServersAsync() =>
            new RuntimeClient(RuntimeEndpoint.Unix(Haproxy.Instance.StatsSocket)).ShowServersStateAsync("pool");

        private Func<ConfigDocument, ConfigDocument> Returning(string more, string words, (string From, string To) swap) => document => ConfigDocument.Parse(
            document.ToString().Replace(swap.From, swap.To, StringComparison.Ordinal).Replace("  server z ", _line.TrimEnd('\n') + words + "\n  server z ", StringComparison.Ordinal) + more, document.Path);

        public async ValueTask DisposeAsync()
        {
            await Haproxy.DisposeAsync();
            await _a.DisposeAsync();
            await _z.DisposeAsync();
        }
    }
}
