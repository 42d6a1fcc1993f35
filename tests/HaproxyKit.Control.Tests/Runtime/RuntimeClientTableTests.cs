using HaproxyKit.Control.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Runtime;

public sealed class RuntimeClientTableTests
{
    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task ShowTableAsync_entries_have_their_counters(string branch)
    {
        await using var haproxy = await CommandedHaproxy.StartAsync(branch);
        await HttpProbe.AskAsync(haproxy.Port);
        await HttpProbe.AskAsync(haproxy.Port);
        await haproxy.Client.SendAsync(RuntimeCommand.Of("set", "table", "texts", "key", "a use=1 exp=2 b", "data.gpc0", "3"));

        var tables = await haproxy.Client.ShowTablesAsync();
        var entry = Assert.Single((await haproxy.Client.ShowTableAsync("counts"))!);
        var text = Assert.Single((await haproxy.Client.ShowTableAsync("texts"))!);

        Assert.Equal([("counts", "ip", 1024L, 1L), ("texts", "string", 10L, 1L)], tables.Select(t => (t.Name, t.Type, t.Size, t.Used)).Order());
        Assert.Equal(("127.0.0.1", 2L, 2L), (entry.Key, entry.Data["conn_cnt"], entry.Data["http_req_rate(10000)"]));
        Assert.InRange(entry.ExpiresIn, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.Equal(3, text.Data["gpc0"]);
        Assert.Equal("a\\ use\\=1\\ exp\\=2\\ b", text.Key);
        Assert.Null(await haproxy.Client.ShowTableAsync("none"));
    }

    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task CountSessionsAsync_sessions_are_counted_where_they_are(string branch)
    {
        await using var haproxy = await RuntimeHaproxy.StartAsync(branch);
        Assert.Equal(0, (await haproxy.Client.CountSessionsAsync()).Total);
        using var one = await LongLivedConnection.OpenAsync(haproxy.Port);
        using var two = await LongLivedConnection.OpenAsync(haproxy.Port);
        Assert.Equal("a: 1", await one.SayAsync("1"));
        Assert.Equal("a: 2", await two.SayAsync("2"));

        var counts = await haproxy.Client.CountSessionsAsync();

        Assert.Equal((2, 2, 2, 2), (counts.Total, counts.Frontends["web"], counts.Backends["app"], counts.Servers["app/s1"]));
    }

    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task Level_too_low_is_told_apart_for_every_command(string branch)
    {
        await using var haproxy = await CommandedHaproxy.StartAsync(branch);
        var (user, oper) = (haproxy.At("user.sock"), haproxy.At("operator.sock"));

        Assert.Equal(
            [RuntimeLevel.User, RuntimeLevel.Operator, RuntimeLevel.Admin],
            [await user.ShowLevelAsync(), await oper.ShowLevelAsync(), await haproxy.Client.ShowLevelAsync()]);
        foreach (var show in new Func<Task>[]
        {
            () => user.CountSessionsAsync(), () => user.ShowCertificatesAsync(), () => user.ShowCertificateAsync(haproxy.Certificate),
        })
            Assert.Equal(RuntimeFault.PermissionDenied, (await Assert.ThrowsAsync<RuntimeException>(show)).Fault);

        foreach (var low in new[] { user, oper })
        {
            foreach (var change in new[]
            {
                await low.SetServerWeightAsync("app", "s1", 1), await low.SetServerMaxConnectionsAsync("app", "s1", 1),
                await low.SetServerModeAsync("app", "s1", ServerMode.Drain), await low.EnableHealthAsync("app", "s1"),
                await low.AddServerAsync("app", "n", System.Net.IPAddress.Loopback, 80, []), await low.DeleteServerAsync("app", "s1"),
                await low.ShutdownServerSessionsAsync("app", "s1"), await low.DisableFrontendAsync("web"), await low.ShutdownFrontendAsync("web"),
                await low.SetFrontendMaxConnectionsAsync("web", 1), await low.NewCertificateAsync("/x.pem"),
                await low.ReplaceCertificateAsync(haproxy.Certificate, CommandedHaproxy.Pem("x")), await low.DeleteCertificateAsync("/x.pem"),
            })
                Assert.Equal((RuntimeOutcome.PermissionDenied, false), (change.Outcome, change.IsSuccess));
        }
    }

    [Theory]
    [InlineData("# table: a, type: ip, size:10, used:1\nnonsense\n\n")]
    [InlineData("nonsense\n\n")]
    [InlineData("\n")]
    public async Task ShowTableAsync_of_something_else_is_unexpected(string answer)
    {
        await using var fake = FakeRuntimeSocket.Answering(answer);

        Assert.Equal(RuntimeFault.Unexpected, (await Assert.ThrowsAsync<RuntimeException>(() => fake.Client().ShowTableAsync("a"))).Fault);
    }
}
