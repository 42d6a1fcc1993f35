using System.Net;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Reloading;

public sealed class WorkerWatchTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>With the master's socket, and without it, where the process table must do.</summary>
    public static TheoryData<string, bool> BranchesAndMasters { get; } = new(
        from branch in HaproxyPrograms.Branches
        from master in new[] { true, false }
        select (branch, master));

    [Theory]
    [MemberData(nameof(BranchesAndMasters))]
    public async Task ReadAsync_worker_and_master_are_named_and_stay_equal_while_nothing_happens(string branch, bool withMaster)
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync(branch);
        var watch = haproxy.WatchOf(withMaster);

        var identity = await watch.WaitUntilSettledAsync(Limit);

        Assert.Equal(await haproxy.Instance.WorkerPidAsync(), identity.WorkerPid);
        Assert.Equal(haproxy.Instance.MasterPid, identity.MasterPid);
        Assert.Equal(withMaster ? 0 : null, identity.MasterReloads);
        Assert.NotNull(identity.WorkerStartedAt);
        Assert.True(identity.AnswersOnStatsSocket);
        Assert.Equal(identity, await watch.ReadAsync());
    }

    [Theory]
    [MemberData(nameof(BranchesAndMasters))]
    public async Task ReadAsync_reload_by_somebody_else_is_noticed(string branch, bool withMaster)
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync(branch);
        var watch = haproxy.WatchOf(withMaster);
        var before = await watch.WaitUntilSettledAsync(Limit);

        await haproxy.Instance.ReloadAsync();
        var after = await watch.WaitUntilSettledAsync(Limit);

        Assert.NotEqual(before, after);
        Assert.NotEqual(before.WorkerPid, after.WorkerPid);
        Assert.Equal(before.MasterPid, after.MasterPid);
        Assert.Equal(withMaster ? 1 : null, after.MasterReloads);
    }

    [Theory]
    [MemberData(nameof(ReloadingHaproxy.Branches), MemberType = typeof(ReloadingHaproxy))]
    public async Task ReadAsync_reload_that_fails_is_counted_and_the_worker_stays(string branch)
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync(branch);
        var before = await haproxy.Watch.WaitUntilSettledAsync(Limit);
        haproxy.Write("backend app2\n  no-such-keyword\n");

        haproxy.Instance.Signal(ProcessSignal.User2);
        await Eventually.TrueAsync(
            async () => (await haproxy.Master.ShowProcessesAsync()).FailedReloads == 1, "the master has counted a failed reload");
        var after = await haproxy.Watch.WaitUntilSettledAsync(Limit);

        Assert.Equal(before with { MasterReloads = 1 }, after);
    }

    [Theory]
    [MemberData(nameof(BranchesAndMasters))]
    public async Task ReadAsync_reload_that_is_loading_is_seen_and_waited_for(string branch, bool withMaster)
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync(branch);
        await using var other = StandInNode.Start("other", "127.0.0.1");
        var watch = haproxy.WatchOf(withMaster);
        var before = await watch.WaitUntilSettledAsync(Limit);
        // HAProxy tries for two seconds to bind a port that is taken.
        haproxy.Write(ReloadingHaproxy.Frontend("clash", other.Port));
        haproxy.Instance.Signal(ProcessSignal.User2);

        await Eventually.TrueAsync(async () => (await watch.ReadAsync()).IsReloading, "the reload is seen to load", TimeSpan.FromSeconds(1.5));
        var after = await watch.WaitUntilSettledAsync(Limit);

        Assert.False(after.IsReloading);
        Assert.Equal(before.WorkerPid, after.WorkerPid);
    }

    [Theory]
    [MemberData(nameof(BranchesAndMasters))]
    public async Task Equal_identities_mean_that_a_command_has_reached_the_worker_that_stays(string branch, bool withMaster)
    {
        const int Rounds = 24;
        await using var haproxy = await ReloadingHaproxy.StartAsync(branch);
        var watch = haproxy.WatchOf(withMaster);
        await watch.WaitUntilSettledAsync(Limit);
        var noticed = 0;
        for (var round = 1; round <= Rounds; round++)
        {
            // Somebody reloads; our file and our command follow some milliseconds later, as in operation.
            var wanted = IPAddress.Parse($"192.0.2.{round}");
            haproxy.Instance.Signal(ProcessSignal.User2);
            await Task.Delay(round * 5);
            var before = await watch.ReadAsync();
            haproxy.Write($"backend moved\n  server s1 {wanted}:80\n");
            await SetAsync(haproxy.Stats, wanted);
            var readBack = await AddressAsync(haproxy.Stats);
            var after = await watch.ReadAsync();

            await watch.WaitUntilSettledAsync(Limit);
            var stays = await AddressAsync(haproxy.Stats);
            if (before == after && !after.IsReloading && wanted.Equals(readBack))
                Assert.Equal(wanted, stays);
            else
                noticed++;
        }

        Assert.InRange(noticed, 1, Rounds);
    }

    [Fact]
    public async Task ReadAsync_single_process_has_no_master()
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync("2.6", masterWorker: false);

        var identity = await haproxy.WatchOf(withMaster: false).WaitUntilSettledAsync(Limit);

        Assert.Equal((haproxy.Instance.MasterPid, (int?)null), (identity.WorkerPid, identity.MasterPid));
    }

    [Fact]
    public async Task WaitUntilSettledAsync_HAProxy_that_is_not_there_is_given_up_in_time()
    {
        using var folder = new TemporaryFolder();
        var stats = new RuntimeClient(RuntimeEndpoint.Unix(folder.File("none.sock")));

        var alone = await Assert.ThrowsAsync<RuntimeException>(() => new WorkerWatch(stats).ReadAsync());
        var waited = await Assert.ThrowsAsync<RuntimeException>(
            () => new WorkerWatch(stats).WaitUntilSettledAsync(TimeSpan.FromMilliseconds(100)));

        Assert.Equal((RuntimeFault.Unreachable, true), (alone.Fault, alone.IsTransient));
        Assert.Equal((RuntimeFault.TimedOut, true), (waited.Fault, waited.IsTransient));
    }

    [Fact]
    public async Task WaitUntilSettledAsync_master_s_socket_that_is_not_there_is_named()
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync("2.6");
        var master = new MasterClient(RuntimeEndpoint.Unix(haproxy.Instance.Expand("{dir}/none.sock")));

        var e = await Assert.ThrowsAsync<RuntimeException>(
            () => new WorkerWatch(haproxy.Stats, master).WaitUntilSettledAsync(TimeSpan.FromMilliseconds(100)));

        Assert.Contains("none.sock", e.Message);
    }

    private static async Task SetAsync(RuntimeClient stats, IPAddress address)
    {
        try
        {
            await stats.SetServerAddressAsync("moved", "s1", address, 80, markUp: false);
        }
        catch (RuntimeException e) when (e.IsTransient)
        {
            // The worker went away meanwhile, which is what this is about.
        }
    }

    private static async Task<IPAddress?> AddressAsync(RuntimeClient stats)
    {
        try
        {
            return (await stats.ShowServersStateAsync("moved")).SingleOrDefault()?.Address;
        }
        catch (RuntimeException e) when (e.IsTransient)
        {
            return null;
        }
    }
}
