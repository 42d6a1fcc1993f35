using HaproxyKit.Control.Reloading;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Reloading;

public sealed class ReloaderTests
{
    [Theory]
    [MemberData(nameof(ReloadingHaproxy.Ways), MemberType = typeof(ReloadingHaproxy))]
    public async Task ReloadAsync_new_frontend_is_proved_to_serve(string branch, string way)
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync(branch);
        var old = await haproxy.Instance.WorkerPidAsync();
        var port = Ports.Take();
        haproxy.Write(ReloadingHaproxy.Frontend("second", port));

        var result = await haproxy.Reloader(way).ReloadAsync(new ReloadExpectation { Frontends = ["web", "second"] });

        Assert.True(result.Succeeded, string.Join('\n', result.Diagnostics));
        Assert.Empty(result.Diagnostics);
        Assert.Equal(old, result.OldWorkerPid);
        Assert.NotEqual(old, result.NewWorkerPid);
        Assert.Equal(await haproxy.Instance.WorkerPidAsync(), result.NewWorkerPid);
        Assert.Equal("node", await HttpProbe.AskAsync(port));
        Assert.Equal("node", await HttpProbe.AskAsync(haproxy.Port));
    }

    [Theory]
    [MemberData(nameof(ReloadingHaproxy.Ways), MemberType = typeof(ReloadingHaproxy))]
    public async Task ReloadAsync_port_clash_says_that_the_old_worker_serves_on(string branch, string way)
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync(branch);
        await using var other = StandInNode.Start("other", "127.0.0.1");
        var old = await haproxy.Instance.WorkerPidAsync();
        haproxy.Write(ReloadingHaproxy.Frontend("clash", other.Port));

        var options = new ReloaderOptions { Timeout = TimeSpan.FromSeconds(8) };
        var result = await haproxy.Reloader(way, options).ReloadAsync(new ReloadExpectation { Frontends = ["clash"] });

        Assert.False(result.Succeeded);
        Assert.True(result.StillServing, string.Join('\n', result.Diagnostics));
        Assert.Equal(old, result.OldWorkerPid);
        Assert.Null(result.NewWorkerPid);
        Assert.Equal(HaproxyKit.Diagnostics.DiagnosticIds.ReloadFailed, result.Diagnostics[0].Id);
        Assert.Equal(old, result.Worker?.WorkerPid);
        Assert.Equal("node", await HttpProbe.AskAsync(haproxy.Port));
    }
}
