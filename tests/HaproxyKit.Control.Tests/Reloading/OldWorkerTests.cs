using HaproxyKit.Control.Reloading;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Reloading;

public sealed class OldWorkerTests
{
    [Theory]
    [MemberData(nameof(ReloadingHaproxy.Ways), MemberType = typeof(ReloadingHaproxy))]
    public async Task ReloadAsync_too_many_old_workers_put_the_next_off_but_not_for_ever(string branch, string way)
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync(branch);
        var cap = TimeSpan.FromMilliseconds(300);
        var reloader = haproxy.Reloader(way, new ReloaderOptions { MaxOldWorkers = 1, PostponementTimeout = cap });
        using var first = await LongLivedConnection.OpenAsync(haproxy.Port);
        Assert.Equal("node: 1", await first.SayAsync("1"));
        var one = await reloader.ReloadAsync(ReloadExpectation.None);
        using var second = await LongLivedConnection.OpenAsync(haproxy.Port);
        Assert.Equal("node: 2", await second.SayAsync("2"));
        var two = await reloader.ReloadAsync(ReloadExpectation.None);

        var three = await reloader.ReloadAsync(ReloadExpectation.None);

        Assert.Equal([true, true, true], new[] { one, two, three }.Select(r => r.Succeeded));
        Assert.Equal([TimeSpan.Zero, TimeSpan.Zero], new[] { one, two }.Select(r => r.PostponedFor));
        Assert.InRange(three.PostponedFor, cap, TimeSpan.FromSeconds(15));
        Assert.Equal([one.OldWorkerPid!.Value, two.OldWorkerPid!.Value], three.OldWorkers!.Select(w => w.Pid).Where(p => p != three.OldWorkerPid).Order());
        Assert.Equal("node: 1", await first.SayAsync("1"));
    }

    [Theory]
    [MemberData(nameof(ReloadingHaproxy.Ways), MemberType = typeof(ReloadingHaproxy))]
    public async Task ReloadAsync_postponed_goes_on_as_soon_as_an_old_worker_ends(string branch, string way)
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync(branch);
        var reloader = haproxy.Reloader(way, new ReloaderOptions { MaxOldWorkers = 0, PostponementTimeout = TimeSpan.FromMinutes(5) });
        var open = await LongLivedConnection.OpenAsync(haproxy.Port);
        Assert.Equal("node: 1", await open.SayAsync("1"));
        Assert.True((await reloader.ReloadAsync(ReloadExpectation.None)).Succeeded);

        var second = reloader.ReloadAsync(ReloadExpectation.None);
        Assert.False(second.IsCompleted);
        open.Dispose();

        Assert.True((await second.WaitAsync(TimeSpan.FromSeconds(60))).Succeeded);
    }

    [Theory]
    [MemberData(nameof(ReloadingHaproxy.Ways), MemberType = typeof(ReloadingHaproxy))]
    public async Task ReloadAsync_old_workers_are_waited_for_up_to_a_cap(string branch, string way)
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync(branch);
        var open = await LongLivedConnection.OpenAsync(haproxy.Port);
        Assert.Equal("node: 1", await open.SayAsync("1"));

        var capped = await haproxy.Reloader(way, new ReloaderOptions { OldWorkersTimeout = TimeSpan.FromMilliseconds(200) }).ReloadAsync(ReloadExpectation.None);
        Assert.Equal((true, capped.OldWorkerPid), (capped.Succeeded, Assert.Single(capped.OldWorkers!).Pid));
        var waiting = haproxy.Reloader(way, new ReloaderOptions { OldWorkersTimeout = TimeSpan.FromMinutes(5) }).ReloadAsync(ReloadExpectation.None);
        await Eventually.TrueAsync(async () => await haproxy.Instance.WorkerPidAsync() is { } pid && pid != capped.NewWorkerPid, "the second reload");
        Assert.False(waiting.IsCompleted);
        open.Dispose();

        var result = await waiting.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.True(result.Succeeded);
        Assert.Empty(result.OldWorkers!);
    }
}
