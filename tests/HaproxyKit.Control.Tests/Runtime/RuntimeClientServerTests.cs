using System.Net;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Runtime;

public sealed class RuntimeClientServerTests
{
    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task SetServerAddressAsync_new_connections_go_to_the_new_address_and_old_ones_live_on(string branch)
    {
        await using var haproxy = await RuntimeHaproxy.StartAsync(branch);
        await using var next = StandInNode.Start("b", "127.0.0.3");
        using var open = await LongLivedConnection.OpenAsync(haproxy.Port);
        Assert.Equal("a: before", await open.SayAsync("before"));
        var worker = await haproxy.Instance.WorkerPidAsync();

        var change = await haproxy.Client.SetServerAddressAsync("app", "s1", next.Address, next.Port, markUp: true);

        Assert.True(change.IsSuccess, change.Refusal);
        Assert.Equal(RuntimeOutcome.Changed, change.Address.Outcome);
        Assert.Equal("b", await HttpProbe.AskAsync(haproxy.Port));
        Assert.Equal("a: after", await open.SayAsync("after"));
        var server = await haproxy.ServerAsync();
        Assert.Equal((next.Address, next.Port, true), (server.Address, server.Port, server.IsInRotation));
        Assert.Equal(worker, await haproxy.Instance.WorkerPidAsync());
    }

    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task SetServerAddressAsync_server_that_is_down_serves_at_once_only_when_marked_up(string branch)
    {
        await using var haproxy = await RuntimeHaproxy.StartAsync(branch);
        await using var next = StandInNode.Start("b", "127.0.0.3");
        await haproxy.TakeNodeDownAsync();

        var alone = await haproxy.Client.SetServerAddressAsync("app", "s1", next.Address, next.Port, markUp: false);

        Assert.Equal(RuntimeOutcome.Changed, alone.Address.Outcome);
        Assert.Null(alone.Health);
        Assert.Equal(ServerOperationalState.Stopped, (await haproxy.ServerAsync()).Operational);
        Assert.Null(await HttpProbe.AskAsync(haproxy.Port));

        await haproxy.Client.SetServerHealthAsync("app", "s1", ServerHealth.Down);
        var marked = await haproxy.Client.SetServerAddressAsync("app", "s1", next.Address, next.Port, markUp: true);

        Assert.True(marked.IsSuccess, marked.Refusal);
        Assert.Equal(RuntimeOutcome.Unchanged, marked.Address.Outcome);
        Assert.Equal("b", await HttpProbe.AskAsync(haproxy.Port));
        Assert.True((await haproxy.ServerAsync()).IsInRotation);
    }

    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task SetServerAddressAsync_every_kind_of_change_is_recognised(string branch)
    {
        await using var haproxy = await RuntimeHaproxy.StartAsync(branch);

        async Task<RuntimeOutcome> MoveAsync(string address, int port) =>
            (await haproxy.Client.SetServerAddressAsync("app", "s2", IPAddress.Parse(address), port, markUp: false)).Address.Outcome;

        Assert.Equal(RuntimeOutcome.Unchanged, await MoveAsync("192.0.2.7", 81));
        Assert.Equal(RuntimeOutcome.Changed, await MoveAsync("192.0.2.8", 81));
        Assert.Equal(RuntimeOutcome.Changed, await MoveAsync("192.0.2.8", 82));
        Assert.Equal(RuntimeOutcome.Changed, await MoveAsync("2001:db8::a:1", 65_535));
        Assert.Equal(RuntimeOutcome.Unchanged, await MoveAsync("2001:db8:0:0::a:1", 65_535));
        Assert.Equal(RuntimeOutcome.Changed, await MoveAsync("198.51.100.1", 1));
        Assert.Equal((IPAddress.Parse("198.51.100.1"), 1), ((await haproxy.ServerAsync("s2")).Address, (await haproxy.ServerAsync("s2")).Port));
    }

    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task SetServerAddressAsync_unknown_server_or_backend_is_not_found(string branch)
    {
        await using var haproxy = await RuntimeHaproxy.StartAsync(branch);

        foreach (var (backend, server) in new[] { ("app", "none"), ("none", "s1"), ("a b;c", "s1"), ("app", "s1\\") })
        {
            var change = await haproxy.Client.SetServerAddressAsync(backend, server, IPAddress.Loopback, 80, markUp: true);

            Assert.Equal(RuntimeOutcome.NotFound, change.Address.Outcome);
            Assert.Equal(RuntimeOutcome.NotFound, change.Health?.Outcome);
            Assert.False(change.IsSuccess);
            Assert.Contains("No such", change.Refusal);
        }

        Assert.Equal("127.0.0.2", (await haproxy.ServerAsync()).AddressText);
    }

    [Fact]
    public async Task SetServerAddressAsync_mapped_address_is_sent_as_the_IPv4_address_that_it_means()
    {
        await using var haproxy = await RuntimeHaproxy.StartAsync("2.6");

        var change = await haproxy.Client.SetServerAddressAsync("app", "s1", IPAddress.Parse("::ffff:192.0.2.55"), 80, markUp: false);

        Assert.Equal(RuntimeOutcome.Changed, change.Address.Outcome);
        Assert.Equal("192.0.2.55", (await haproxy.ServerAsync()).AddressText);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(65_536)]
    [InlineData(70_000)]
    public async Task SetServerAddressAsync_port_out_of_range_is_refused_before_anything_is_sent(int port)
    {
        await using var fake = FakeRuntimeSocket.Answering("\n");

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => fake.Client().SetServerAddressAsync("app", "s1", IPAddress.Loopback, port, markUp: true));

        Assert.Equal(0, fake.Connections);
    }

    [Fact]
    public async Task SetServerAddressAsync_HAProxy_itself_takes_port_70000_for_another()
    {
        await using var haproxy = await RuntimeHaproxy.StartAsync("2.6");

        await haproxy.Client.SendAsync(RuntimeCommand.Of("set", "server", "app/s2", "addr", "192.0.2.7", "port", "70000"));

        Assert.Equal(70_000 - 65_536, (await haproxy.ServerAsync("s2")).Port);
    }

    [Theory]
    [InlineData("", "s1", "192.0.2.1")]
    [InlineData("app", "", "192.0.2.1")]
    [InlineData("app/x", "s1", "192.0.2.1")]
    [InlineData("app", "s1/x", "192.0.2.1")]
    [InlineData("app\n", "s1", "192.0.2.1")]
    [InlineData("app", "s1", "0.0.0.0")]
    [InlineData("app", "s1", "::")]
    [InlineData("app", "s1", "::ffff:0.0.0.0")]
    [InlineData("app", "s1", "fe80::1%2")]
    public async Task SetServerAddressAsync_caller_s_mistake_is_refused_before_anything_is_sent(string backend, string server, string address)
    {
        await using var fake = FakeRuntimeSocket.Answering("\n");

        await Assert.ThrowsAnyAsync<ArgumentException>(
            () => fake.Client().SetServerAddressAsync(backend, server, IPAddress.Parse(address), 80, markUp: false));

        Assert.Equal(0, fake.Connections);
    }

    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task SetServerModeAsync_server_drains_rests_and_is_ready_again(string branch)
    {
        await using var haproxy = await RuntimeHaproxy.StartAsync(branch);

        Assert.True((await haproxy.Client.SetServerModeAsync("app", "s1", ServerMode.Drain)).IsSuccess);
        Assert.Equal(ServerAdminStates.ForcedDrain, (await haproxy.ServerAsync()).Admin);
        Assert.True((await haproxy.Client.SetServerModeAsync("app", "s1", ServerMode.Maintenance)).IsSuccess);
        Assert.Equal(ServerAdminStates.ForcedMaintenance, (await haproxy.ServerAsync()).Admin);
        Assert.True((await haproxy.Client.SetServerModeAsync("app", "s1", ServerMode.Ready)).IsSuccess);
        Assert.Equal(ServerAdminStates.None, (await haproxy.ServerAsync()).Admin);
        Assert.Equal(RuntimeOutcome.NotFound, (await haproxy.Client.SetServerModeAsync("app", "none", ServerMode.Ready)).Outcome);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => haproxy.Client.SetServerModeAsync("app", "s1", (ServerMode)9));
    }

    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task SetServerHealthAsync_server_counts_as_told(string branch)
    {
        await using var haproxy = await RuntimeHaproxy.StartAsync(branch);
        await haproxy.TakeNodeDownAsync();

        Assert.True((await haproxy.Client.SetServerHealthAsync("app", "s1", ServerHealth.Up)).IsSuccess);
        Assert.Equal(ServerOperationalState.Running, (await haproxy.ServerAsync()).Operational);
        Assert.True((await haproxy.Client.SetServerHealthAsync("app", "s1", ServerHealth.Down)).IsSuccess);
        Assert.Equal(ServerOperationalState.Stopped, (await haproxy.ServerAsync()).Operational);

        Assert.Equal(RuntimeOutcome.NotFound, (await haproxy.Client.SetServerHealthAsync("none", "s1", ServerHealth.Up)).Outcome);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => haproxy.Client.SetServerHealthAsync("app", "s1", (ServerHealth)9));
    }
}
