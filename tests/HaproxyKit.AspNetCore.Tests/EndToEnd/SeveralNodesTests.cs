using HaproxyKit.Testing;

namespace HaproxyKit.AspNetCore.Tests.EndToEnd;

/// <summary>A mapping whose nodes come, move, die and go, under traffic: clients notice nothing of what is planned, and nothing is reloaded.</summary>
public sealed class SeveralNodesTests
{
    private const int LongLived = 6;

    public static TheoryData<string> Branches { get; } = [.. HaproxyPrograms.Branches];

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Three_nodes_join_one_moves_one_dies_and_one_says_goodbye_under_traffic(string branch)
    {
        await using var a = StandInNode.Start("A", "127.0.0.2");
        await using var b = StandInNode.Start("B", "127.0.0.3");
        await using var c = StandInNode.Start("C", "127.0.0.4");
        await using var moved = StandInNode.Start("B2", "127.0.0.5", b.Port);
        await using var balancer = await LoadBalancer.StartAsync(
            HaproxyPrograms.Of(branch),
            settings: [LoadBalancer.Maintained, ("PhoneHome:Mappings:MaintenanceInterval", "00:00:00.500"), ("PhoneHome:Mappings:DefaultLease", "00:00:10")]);
        var port = Ports.Take();
        Assert.Equal(("created", true), Told(await AddAsync(balancer, port, "a", a)));
        var (reloads, worker) = (await balancer.Haproxy.CountReloadsAsync(), await balancer.WorkerPidAsync());

        await using (var traffic = await SteadyTraffic.StartAsync(port, LongLived))
        {
            Assert.Equal(("changed", false), Told(await AddAsync(balancer, port, "b", b)));
            Assert.Equal(("changed", false), Told(await AddAsync(balancer, port, "c", c)));
            await Eventually.TrueAsync(() => a.Requests > 0 && b.Requests > 0 && c.Requests > 0, "all three have traffic");
            Assert.Equal(("moved", false), Told(await AddAsync(balancer, port, "b", moved)));
            await Eventually.TrueAsync(() => moved.Requests > 10, "it has traffic where it is now");
            await traffic.StopAsync();
            Assert.Empty(traffic.Failures);
            Assert.True(traffic.Lines > 0);
        }

        // Nobody says anything of C: HAProxy's own checks find it dead, and the others take what comes.
        await using (var traffic = await SteadyTraffic.StartAsync(port, longLived: 0))
        {
            await c.StopAsync();
            await Eventually.EqualAsync("DOWN", () => StatusAsync(balancer, port, "n3"), "the dead node");
            var succeeded = traffic.Succeeded;
            await Eventually.TrueAsync(() => traffic.Succeeded > succeeded + 100, "the others have its traffic");
        }

        await using (var traffic = await SteadyTraffic.StartAsync(port, LongLived))
        {
            await Eventually.TrueAsync(
                async () =>
                {
                    Assert.Equal(("unchanged", false), Told(await AddAsync(balancer, port, "a", a)));
                    Assert.Equal(("unchanged", false), Told(await AddAsync(balancer, port, "b", moved)));
                    return !balancer.File.Contains("node=c", StringComparison.Ordinal);
                },
                "its lease takes it out", TimeSpan.FromSeconds(40));
            Assert.Equal(("removed", false), Told(await balancer.DeleteAsync(port, node: "a")));
            var requests = moved.Requests;
            await Eventually.TrueAsync(() => moved.Requests > requests + 50, "the last one has all traffic");
            await traffic.StopAsync();
            Assert.Empty(traffic.Failures);
        }

        await Eventually.EqualAsync("MAINT", () => StatusAsync(balancer, port, "n1"), "the slot of the node that has gone");
        Assert.Equal("MAINT", await StatusAsync(balancer, port, "n3"));
        Assert.Equal("UP", await StatusAsync(balancer, port, "n2"));
        Assert.Equal((reloads, worker), (await balancer.Haproxy.CountReloadsAsync(), await balancer.WorkerPidAsync()));
    }

    /// <summary>Beyond the slots HAProxy is given servers at run time; so many are few here.</summary>
    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Nodes_beyond_the_slots_come_and_go_without_a_reload(string branch)
    {
        await using var a = StandInNode.Start("A", "127.0.0.2");
        await using var b = StandInNode.Start("B", "127.0.0.3");
        await using var balancer = await LoadBalancer.StartAsync(HaproxyPrograms.Of(branch), settings: [("PhoneHome:Sections:SlotCount", "1")]);
        var port = Ports.Take();
        Assert.Equal(("created", true), Told(await AddAsync(balancer, port, "a", a)));
        Assert.Equal(("changed", false), Told(await AddAsync(balancer, port, "b", b)));
        await Eventually.TrueAsync(async () => await HttpProbe.AskAsync(port) is not null && b.Requests > 0, "the second has traffic");
        Assert.Equal(("removed", false), Told(await balancer.DeleteAsync(port, node: "a")));
        Assert.Equal("B", await HttpProbe.AskAsync(port));
        Assert.Equal(("removed", false), Told(await balancer.DeleteAsync(port, node: "b")));
        Assert.Null(await HttpProbe.AskAsync(port));
        Assert.Equal(("created", false), Told(await AddAsync(balancer, port, "b", b)));
        Assert.Equal("B", await HttpProbe.AskAsync(port));
        await Eventually.EqualAsync("", () => StatusAsync(balancer, port, "n2"), "the server that was added is deleted");
    }

    private static Task<LoadBalancer.Answer> AddAsync(LoadBalancer balancer, int port, string node, StandInNode where) =>
        balancer.AddAsync(port, $"{where.Address}", where.Port, node: node);

    private static (string? Outcome, bool? Reloaded) Told(LoadBalancer.Answer answer) => (answer.Expect(200).Outcome, answer.Reloaded);

    /// <summary>HAProxy's word for a server, without how many checks are left.</summary>
    private static async Task<string> StatusAsync(LoadBalancer balancer, int port, string server)
    {
        var lines = (await balancer.Haproxy.AskAsync("show stat"))!.Split('\n');
        var columns = lines[0].TrimStart('#', ' ').Split(',');
        var row = lines.FirstOrDefault(line => line.StartsWith($"phonehome_{port}_map-{port}_nodes,{server},", StringComparison.Ordinal))?.Split(',');
        return row is null ? "" : row[Array.IndexOf(columns, "status")].Split(' ')[0];
    }
}
