using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Reloading;

public sealed class MasterSocketReloaderTests
{
    private static readonly ReloaderOptions Hasty = new() { Timeout = TimeSpan.FromMilliseconds(500) };

    [Theory]
    [MemberData(nameof(ReloadingHaproxy.Branches), MemberType = typeof(ReloadingHaproxy))]
    public async Task ReloadAsync_socket_that_is_not_there_means_that_nothing_has_happened(string branch)
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync(branch);
        var before = await haproxy.Watch.ReadAsync();
        File.Move(haproxy.Instance.MasterSocket, haproxy.Instance.MasterSocket + ".away");

        var e = await Assert.ThrowsAsync<RuntimeException>(() => new MasterSocketReloader(haproxy.Watch, Hasty).ReloadAsync(ReloadExpectation.None));

        Assert.True(e.IsTransient);
        Assert.Contains(haproxy.Instance.MasterSocket, e.Message);
        File.Move(haproxy.Instance.MasterSocket + ".away", haproxy.Instance.MasterSocket);
        Assert.Equal(before, await haproxy.Watch.ReadAsync());
        Assert.Equal("node", await HttpProbe.AskAsync(haproxy.Port));
    }

    [Fact]
    public async Task ReloadAsync_socket_that_refuses_us_is_told_apart()
    {
        await using var haproxy = await ReloadingHaproxy.StartAsync("3.0");
        await using var proxy = ChangedSocket.Refusing(haproxy.Instance.MasterSocket, "reload");
        var before = await haproxy.Watch.ReadAsync();
        var watch = new WorkerWatch(haproxy.Stats, new MasterClient(proxy.Endpoint));

        var e = await Assert.ThrowsAsync<RuntimeException>(() => new MasterSocketReloader(watch).ReloadAsync(ReloadExpectation.None));

        Assert.Equal((RuntimeFault.PermissionDenied, false), (e.Fault, e.IsTransient));
        Assert.Equal(before, await haproxy.Watch.ReadAsync());
    }
}
