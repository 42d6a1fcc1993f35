using System.Diagnostics;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Reloading;

public sealed class SignalReloaderTests
{
    private static readonly ReloaderOptions Hasty = new() { Timeout = TimeSpan.FromSeconds(2) };

    [Theory]
    [InlineData("")]
    [InlineData("no number")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1")]
    [InlineData("12 13")]
    [InlineData("99999999999")]
    public async Task ReloadAsync_pid_file_that_holds_no_pid_is_refused(string content)
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync("2.6");
        var path = Path.Combine(haproxy.Instance.Folder, "other.pid");
        await File.WriteAllTextAsync(path, content);

        await AssertRefusedAsync(haproxy, new SignalReloader(haproxy.Watch, path, Hasty), "does not hold one process id");
    }

    [Fact]
    public async Task ReloadAsync_pid_file_that_is_not_there_is_refused()
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync("2.6");

        await AssertRefusedAsync(haproxy, new SignalReloader(haproxy.Watch, haproxy.Instance.Folder + "/none.pid", Hasty), "cannot be read");
        await AssertRefusedAsync(haproxy, new SignalReloader(haproxy.Watch, haproxy.Instance.Folder, Hasty), "cannot be read");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReloadAsync_process_that_is_no_HAProxy_is_never_signalled(bool withMaster)
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync("2.6");
        // SIGUSR2 would end this one.
        using var innocent = Process.Start(new ProcessStartInfo("sleep", "60") { UseShellExecute = false })!;
        try
        {
            await AssertRefusedAsync(
                haproxy, new SignalReloader(haproxy.WatchOf(withMaster), innocent.Id, Hasty), "is not a running HAProxy");
            Assert.False(innocent.HasExited);
        }
        finally
        {
            innocent.Kill();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReloadAsync_master_of_another_HAProxy_is_never_signalled(bool withMaster)
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync("2.6");
        await using var other = await ReloadingHaproxy.StartAsync("2.6");
        var untouched = await other.Watch.WaitUntilSettledAsync(Eventually.DefaultTimeout);

        await AssertRefusedAsync(
            haproxy, new SignalReloader(haproxy.WatchOf(withMaster), other.Instance.PidFile, Hasty), "is not the master of the worker");

        Assert.Equal(untouched, await other.Watch.ReadAsync());
    }

    [Fact]
    public async Task ReloadAsync_HAProxy_without_a_master_is_refused()
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync("2.6", masterWorker: false);
        var reloader = new SignalReloader(haproxy.WatchOf(withMaster: false), haproxy.Instance.MasterPid, Hasty);

        var e = await Assert.ThrowsAsync<RuntimeException>(() => reloader.ReloadAsync(ReloadExpectation.None));

        Assert.Contains("without a master", e.Message);
        Assert.True(haproxy.Instance.IsRunning);
    }

    [Fact]
    public void Constructor_argument_that_means_groups_of_processes_or_nothing_is_refused()
    {
        var watch = new WorkerWatch(new RuntimeClient(RuntimeEndpoint.Unix("/none.sock")));

        Assert.Throws<ArgumentOutOfRangeException>(() => new SignalReloader(watch, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SignalReloader(watch, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SignalReloader(watch, 1));
        Assert.Throws<ArgumentException>(() => new SignalReloader(watch, ""));
        Assert.Throws<ArgumentException>(() => new MasterSocketReloader(watch));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new SignalReloader(watch, 12, new ReloaderOptions { Timeout = TimeSpan.Zero }));
    }

    private static async Task AssertRefusedAsync(ReloadingHaproxy haproxy, SignalReloader reloader, string why)
    {
        var before = await haproxy.Watch.ReadAsync();

        var e = await Assert.ThrowsAsync<RuntimeException>(() => reloader.ReloadAsync(ReloadExpectation.None));

        Assert.Contains(why, e.Message);
        Assert.Equal(before, await haproxy.Watch.ReadAsync());
    }
}
