using System.Net;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Runtime;

public sealed class RuntimeClientTopologyTests
{
    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task AddServerAsync_new_server_serves_once_it_is_ready_and_goes_again(string branch)
    {
        await using var haproxy = await RuntimeHaproxy.StartAsync(branch);
        await using var node = StandInNode.Start("new", "127.0.0.4");
        var client = haproxy.Client;

        Assert.Equal(RuntimeOutcome.Changed, (await client.AddServerAsync(
            "app", "n1", node.Address, node.Port, ["check", "inter", "100ms", "rise", "1", "weight", "7"])).Outcome);
        Assert.Equal(ServerAdminStates.ForcedMaintenance, (await haproxy.ServerAsync("n1")).Admin);
        Assert.True((await client.SetServerModeAsync("app", "n1", ServerMode.Ready)).IsSuccess);
        Assert.True((await client.EnableHealthAsync("app", "n1")).IsSuccess);
        Assert.Equal(7, (await haproxy.ServerAsync("n1")).Weight);
        Assert.True((await client.SetServerModeAsync("app", "s1", ServerMode.Maintenance)).IsSuccess);
        await HttpProbe.ReachesAsync(haproxy.Port, "new");

        var early = await client.DeleteServerAsync("app", "n1");
        Assert.Equal((RuntimeOutcome.Refused, "Only servers in maintenance mode can be deleted."), (early.Outcome, early.Message));
        Assert.True((await client.SetServerModeAsync("app", "n1", ServerMode.Maintenance)).IsSuccess);
        var deleted = await client.DeleteServerAsync("app", "n1");
        Assert.Equal((RuntimeOutcome.Changed, "Server deleted."), (deleted.Outcome, deleted.Message));
        Assert.Equal(RuntimeOutcome.NotFound, (await client.DeleteServerAsync("app", "n1")).Outcome);
        Assert.Equal(RuntimeOutcome.NotFound, (await client.DeleteServerAsync("none", "n1")).Outcome);
    }

    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task DeleteServerAsync_server_with_a_session_is_refused_until_that_is_ended(string branch)
    {
        await using var haproxy = await RuntimeHaproxy.StartAsync(branch);
        using var open = await LongLivedConnection.OpenAsync(haproxy.Port);
        Assert.Equal("a: hello", await open.SayAsync("hello"));
        Assert.Equal(1, (await haproxy.Client.CountSessionsAsync()).Servers["app/s1"]);
        await haproxy.Client.SetServerModeAsync("app", "s1", ServerMode.Maintenance);

        var early = await haproxy.Client.DeleteServerAsync("app", "s1");
        Assert.Equal(RuntimeOutcome.Refused, early.Outcome);
        Assert.Contains("connections", early.Message);
        Assert.True((await haproxy.Client.ShutdownServerSessionsAsync("app", "s1")).IsSuccess);
        Assert.Null(await open.SayAsync("still there?"));
        await Eventually.TrueAsync(async () => (await haproxy.Client.DeleteServerAsync("app", "s1")).IsSuccess, "the server is deleted");

        Assert.DoesNotContain(await haproxy.Client.ShowServersStateAsync("app"), s => s.Name == "s1");
        Assert.Equal(RuntimeOutcome.NotFound, (await haproxy.Client.ShutdownServerSessionsAsync("app", "s1")).Outcome);
    }

    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task AddServerAsync_every_refusal_is_told(string branch)
    {
        await using var haproxy = await CommandedHaproxy.StartAsync(branch);

        async Task<RuntimeChange> AddAsync(string backend, string server, params string[] words) =>
            await haproxy.Client.AddServerAsync(backend, server, IPAddress.Loopback, 80, words);

        Assert.Equal(RuntimeOutcome.Refused, (await AddAsync("app", "s1")).Outcome);
        Assert.Contains("same name", (await AddAsync("app", "s1")).Message);
        Assert.Equal(RuntimeOutcome.NotFound, (await AddAsync("none", "n1")).Outcome);
        Assert.Contains("dynamic load balancing", (await AddAsync("static", "n1")).Message);
        Assert.Contains("init-addr", (await AddAsync("app", "n1", "init-addr", "last")).Message);
        Assert.Contains("unknown keyword", (await AddAsync("app", "n1", "no-such")).Message);
        Assert.Equal(branch != "2.6", (await AddAsync("app", "n2", "cookie", "c")).IsSuccess);
        Assert.True((await haproxy.Client.AddServerAsync("app", "n6", IPAddress.Parse("2001:db8::1"), 443, [])).IsSuccess);
        Assert.Equal((IPAddress.Parse("2001:db8::1"), 443), ((await haproxy.ServerAsync("n6")).Address, (await haproxy.ServerAsync("n6")).Port));
    }

    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task Frontend_closes_opens_and_ends(string branch)
    {
        await using var haproxy = await CommandedHaproxy.StartAsync(branch);
        var client = haproxy.Client;

        Assert.Equal(RuntimeOutcome.Changed, (await client.DisableFrontendAsync("web")).Outcome);
        Assert.Null(await HttpProbe.AskAsync(haproxy.Port));
        Assert.Equal(RuntimeOutcome.Unchanged, (await client.DisableFrontendAsync("web")).Outcome);
        Assert.Equal(RuntimeOutcome.Changed, (await client.EnableFrontendAsync("web")).Outcome);
        Assert.Equal("first", await HttpProbe.AskAsync(haproxy.Port));
        Assert.Equal(RuntimeOutcome.Unchanged, (await client.EnableFrontendAsync("web")).Outcome);
        Assert.True((await client.SetFrontendMaxConnectionsAsync("web", 17)).IsSuccess);
        Assert.Equal(17, (await client.ShowStatAsync()).Single(r => r is { Proxy: "web", Kind: StatKind.Frontend }).Number("slim"));
        Assert.Equal(RuntimeOutcome.Changed, (await client.ShutdownFrontendAsync("web")).Outcome);
        Assert.Equal(RuntimeOutcome.Unchanged, (await client.ShutdownFrontendAsync("web")).Outcome);
        Assert.Equal(RuntimeOutcome.Refused, (await client.EnableFrontendAsync("web")).Outcome);
        Assert.Null(await HttpProbe.AskAsync(haproxy.Port));
        foreach (var change in new[]
        {
            await client.EnableFrontendAsync("app"), await client.DisableFrontendAsync("none"),
            await client.ShutdownFrontendAsync("none"), await client.SetFrontendMaxConnectionsAsync("none", 1),
        })
            Assert.Equal(RuntimeOutcome.NotFound, change.Outcome);
    }

    [Fact]
    public async Task Topology_caller_s_mistake_is_refused_before_anything_is_sent()
    {
        await using var fake = FakeRuntimeSocket.Answering("\n");
        var client = fake.Client();

        foreach (var wrong in new Func<Task>[]
        {
            () => client.AddServerAsync("app", "n1", IPAddress.Loopback, 70_000, []),
            () => client.AddServerAsync("app", "n1", IPAddress.Any, 80, []),
            () => client.AddServerAsync("app", "n1/x", IPAddress.Loopback, 80, []),
            () => client.AddServerAsync("app", "n1", IPAddress.Loopback, 80, ["check\nshow info"]),
            () => client.AddServerAsync("app", "n1", IPAddress.Loopback, 80, [""]),
            () => client.DeleteServerAsync("app", ""),
            () => client.EnableFrontendAsync(""),
            () => client.DisableFrontendAsync("a\0"),
            () => client.SetFrontendMaxConnectionsAsync("web", 0),
            () => client.SetFrontendMaxConnectionsAsync("web", -1),
        })
            await Assert.ThrowsAnyAsync<ArgumentException>(wrong);

        Assert.Equal(0, fake.Connections);
    }

    [Theory]
    [InlineData("New server registered.\n\n", RuntimeOutcome.Changed)]
    [InlineData("Backend does not support dynamic servers : backend 'x' uses a non dynamic load balancing method.\n\n", RuntimeOutcome.Refused)]
    [InlineData("No such backend.\n", RuntimeOutcome.NotFound)]
    [InlineData("Permission denied\n\n", RuntimeOutcome.PermissionDenied)]
    [InlineData("Unknown command, but maybe one of the following ones is a better match:\n  help\n\n", RuntimeOutcome.Unsupported)]
    [InlineData("\n", RuntimeOutcome.Refused)]
    [InlineData("something of a version to come\n\n", RuntimeOutcome.Refused)]
    public async Task AddServerAsync_answers_are_judged(string answer, RuntimeOutcome outcome)
    {
        await using var fake = FakeRuntimeSocket.Answering(answer);

        Assert.Equal(outcome, (await fake.Client().AddServerAsync("app", "n 1", IPAddress.IPv6Loopback, 80, ["ca-file", "/a b;c"])).Outcome);
        Assert.Equal(["add server app/n\\ 1 [::1]:80 ca-file /a\\ b\\;c\n"], fake.Lines);
    }

    /// <summary>2.6 leaves the empty line out of some refusals. An answer that ends in the middle is none all the same.</summary>
    [Theory]
    [InlineData("Only servers in maintenance mode can be deleted.\n", true)]
    [InlineData("Only servers in maint", false)]
    [InlineData("Server deleted.\nand\n", false)]
    [InlineData("", false)]
    public async Task DeleteServerAsync_one_line_is_an_answer_and_less_is_none(string answer, bool isWhole)
    {
        await using var fake = FakeRuntimeSocket.Answering(answer);

        var e = await Record.ExceptionAsync(() => fake.Client().DeleteServerAsync("app", "s1"));

        Assert.Equal(isWhole ? null : RuntimeFault.Incomplete, (e as RuntimeException)?.Fault);
    }
}
