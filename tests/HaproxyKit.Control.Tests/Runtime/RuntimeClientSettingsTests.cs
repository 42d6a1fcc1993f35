using System.Net;
using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Tests.Runtime;

public sealed class RuntimeClientSettingsTests
{
    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task Weight_and_connections_are_as_set(string branch)
    {
        await using var haproxy = await CommandedHaproxy.StartAsync(branch);

        Assert.Equal(RuntimeOutcome.Changed, (await haproxy.Client.SetServerWeightAsync("app", "s1", 256)).Outcome);
        Assert.Equal((256, 10), ((await haproxy.ServerAsync("s1")).Weight, (await haproxy.ServerAsync("s1")).ConfiguredWeight));
        Assert.True((await haproxy.Client.SetServerWeightAsync("app", "s1", 0)).IsSuccess);
        Assert.False((await haproxy.ServerAsync("s1")).IsInRotation);
        Assert.Equal(RuntimeOutcome.Refused, (await haproxy.Client.SetServerWeightAsync("static", "s1", 7)).Outcome);
        Assert.Equal(RuntimeOutcome.NotFound, (await haproxy.Client.SetServerWeightAsync("app", "none", 7)).Outcome);
        Assert.True((await haproxy.Client.SetServerMaxConnectionsAsync("app", "s1", 33)).IsSuccess);
        Assert.Equal(33, (await haproxy.Client.ShowStatAsync()).Single(r => r is { Proxy: "app", Service: "s1" }).Number("slim"));
        Assert.Equal(RuntimeOutcome.NotFound, (await haproxy.Client.SetServerMaxConnectionsAsync("app", "none", 7)).Outcome);
    }

    /// <summary>What HAProxy itself takes without a word, which is why it never sees it.</summary>
    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task HAProxy_itself_takes_numbers_that_are_none(string branch)
    {
        await using var haproxy = await CommandedHaproxy.StartAsync(branch);

        Assert.Equal("", await haproxy.Client.SendAsync(RuntimeCommand.Of("set", "maxconn", "frontend", "web", "abc")));
        Assert.Equal("", await haproxy.Client.SendAsync(RuntimeCommand.Of("set", "maxconn", "server", "app/s1", "-1")));
        Assert.Equal(0, (await haproxy.Client.ShowStatAsync()).Single(r => r is { Proxy: "web", Kind: StatKind.Frontend }).Number("slim"));
    }

    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task Checks_and_agents_are_set_where_there_are_some(string branch)
    {
        await using var haproxy = await CommandedHaproxy.StartAsync(branch);
        var client = haproxy.Client;

        Assert.True((await client.SetServerCheckAddressAsync("app", "s1", IPAddress.Parse("127.0.0.9"), 82)).IsSuccess);
        Assert.Equal(("127.0.0.9", "82"), await CheckAsync(haproxy, "s1"));
        Assert.True((await client.SetServerCheckAddressAsync("app", "s1", IPAddress.Parse("127.0.0.8"))).IsSuccess);
        Assert.True((await client.SetServerCheckPortAsync("app", "s1", 65_535)).IsSuccess);
        Assert.Equal(("127.0.0.8", "65535"), await CheckAsync(haproxy, "s1"));
        Assert.True((await client.SetServerAgentAddressAsync("app", "s2", IPAddress.Parse("127.0.0.7"), 83)).IsSuccess);
        Assert.True((await client.SetServerAgentTextAsync("app", "s2", "how are you; well?\\n")).IsSuccess);
        foreach (var change in new[]
        {
            await client.EnableHealthAsync("app", "s1"), await client.DisableHealthAsync("app", "s1"), await client.DisableHealthAsync("app", "s3"),
            await client.EnableAgentAsync("app", "s2"), await client.DisableAgentAsync("app", "s2"), await client.DisableAgentAsync("app", "s3"),
        })
            Assert.Equal(RuntimeOutcome.Changed, change.Outcome);

        Assert.False((await haproxy.ServerAsync("s1")).IsChecked);
        foreach (var change in new[]
        {
            await client.SetServerCheckAddressAsync("app", "s3", IPAddress.Loopback), await client.SetServerCheckPortAsync("app", "s3", 81),
            await client.SetServerAgentAddressAsync("app", "s3", IPAddress.Loopback, 81), await client.SetServerAgentTextAsync("app", "s3", "x"),
            await client.EnableHealthAsync("app", "s3"), await client.EnableAgentAsync("app", "s3"),
        })
            Assert.Equal((RuntimeOutcome.Refused, true), (change.Outcome, change.Message.Length > 0));

        Assert.Equal(RuntimeOutcome.NotFound, (await client.EnableHealthAsync("app", "none")).Outcome);
    }

    [Fact]
    public async Task Settings_values_out_of_range_are_refused_before_anything_is_sent()
    {
        await using var fake = FakeRuntimeSocket.Answering("\n");
        var client = fake.Client();

        foreach (var wrong in new Func<Task>[]
        {
            () => client.SetServerWeightAsync("app", "s1", -1),
            () => client.SetServerWeightAsync("app", "s1", 257),
            () => client.SetServerMaxConnectionsAsync("app", "s1", -1),
            () => client.SetServerCheckPortAsync("app", "s1", 0),
            () => client.SetServerCheckPortAsync("app", "s1", 70_000),
            () => client.SetServerCheckAddressAsync("app", "s1", IPAddress.Any),
            () => client.SetServerCheckAddressAsync("app", "s1", IPAddress.Loopback, 65_536),
            () => client.SetServerAgentAddressAsync("app", "s1", IPAddress.IPv6Any, 80),
            () => client.SetServerAgentTextAsync("app", "s1", "a\nb"),
            () => client.SetServerAgentTextAsync("app", "s1", ""),
            () => client.EnableHealthAsync("a/b", "s1"),
        })
            await Assert.ThrowsAnyAsync<ArgumentException>(wrong);

        Assert.Equal(0, fake.Connections);
    }

    private static async Task<(string Address, string Port)> CheckAsync(CommandedHaproxy haproxy, string server)
    {
        var lines = (await haproxy.Client.SendAsync(RuntimeCommand.Of("show", "servers", "state", "app"))).Split('\n');
        var columns = lines[1][2..].Split(' ');
        var row = lines.Select(l => l.Split(' ')).Single(r => r.Length == columns.Length && r[3] == server);
        return (row[Array.IndexOf(columns, "srv_check_addr")], row[Array.IndexOf(columns, "srv_check_port")]);
    }
}
