using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Control.Tests.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Reloading;

/// <summary>
/// From 3.3 on a master that was made to load torn files ends when its socket is opened. That version is not to be had everywhere, so
/// its recorded answer stands before a real HAProxy, whose processes and files are real, and its master's socket counts who opens it.
/// </summary>
public sealed class MasterSocketGuardTests
{
    private const string Processes =
        "#<PID>          <type>          <reloads>       <uptime>        <version>      \n"
        + "{master}            master          0 [failed: 0]   0d00h00m01s     3.5-dev5       \n# workers\n"
        + "{worker}            worker          0               0d00h00m01s     3.5-dev5       \n# old workers\n\n";

    [Theory]
    [InlineData("backend last\n  balance roundrobin")]
    [InlineData("backend last\n  balance \"roundrobin\n")]
    [InlineData(null)]
    public async Task Watch_master_that_may_end_is_not_asked_until_another_worker_serves(string? torn)
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync("3.2");
        var worker = (await haproxy.Instance.WorkerPidAsync())!.Value;
        await using var stats = ChangedSocket.OfVersion(haproxy.Instance.StatsSocket, "3.5-dev5");
        await using var master = FakeRuntimeSocket.Answering(
            Processes.Replace("{master}", $"{haproxy.Instance.MasterPid}").Replace("{worker}", $"{worker}"));
        var watch = new WorkerWatch(new RuntimeClient(stats.Endpoint), new MasterClient(master.Endpoint));

        Assert.Equal(0, (await watch.ReadAsync()).MasterReloads);
        Assert.Equal(1, master.Connections);
        var whole = await File.ReadAllTextAsync(haproxy.Instance.ConfigPath);
        if (torn is null)
            File.Delete(haproxy.Instance.ConfigPath);
        else
            await File.WriteAllTextAsync(haproxy.Instance.ConfigPath, whole + torn);

        var shut = await watch.ReadAsync();
        Assert.Equal((worker, haproxy.Instance.MasterPid, null, false), (shut.WorkerPid, shut.MasterPid, shut.MasterReloads, shut.IsReloading));

        // Mended, but perhaps loaded before that: only another worker shows that the master has got over it.
        await File.WriteAllTextAsync(haproxy.Instance.ConfigPath, whole);
        Assert.Null((await watch.WaitUntilSettledAsync(TimeSpan.FromSeconds(5))).MasterReloads);
        Assert.Equal(1, master.Connections);
        await haproxy.Instance.ReloadAsync();
        await watch.ReadAsync();
        Assert.Equal(2, master.Connections);
    }

    [Fact]
    public async Task MasterSocketReloader_signals_a_master_whose_socket_must_stay_shut()
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync("3.2");
        var worker = (await haproxy.Instance.WorkerPidAsync())!.Value;
        await using var stats = ChangedSocket.OfVersion(haproxy.Instance.StatsSocket, "3.5-dev5");
        await using var master = FakeRuntimeSocket.ResettingAtOnce();
        var watch = new WorkerWatch(new RuntimeClient(stats.Endpoint), new MasterClient(master.Endpoint));
        var whole = await File.ReadAllTextAsync(haproxy.Instance.ConfigPath);
        await File.WriteAllTextAsync(haproxy.Instance.ConfigPath, whole + "backend last");
        await watch.ReadAsync();

        var refused = await new MasterSocketReloader(watch).ReloadAsync(ReloadExpectation.None);
        Assert.Equal((false, true), (refused.Succeeded, refused.StillServing));
        Assert.Equal(worker, await haproxy.Instance.WorkerPidAsync());
        await File.WriteAllTextAsync(haproxy.Instance.ConfigPath, whole);
        Assert.Equal(0, master.Connections);

        var reloading = new MasterSocketReloader(watch, new ReloaderOptions { ResumeTimeout = TimeSpan.FromMilliseconds(200), Timeout = TimeSpan.FromSeconds(5) })
            .ReloadAsync(ReloadExpectation.None);
        await Eventually.TrueAsync(async () => await haproxy.Instance.WorkerPidAsync() is { } pid && pid != worker, "another worker");
        var result = await reloading;

        Assert.NotEqual(worker, result.NewWorkerPid);
        Assert.True(result.Succeeded, string.Join('\n', result.Diagnostics));
    }
}
