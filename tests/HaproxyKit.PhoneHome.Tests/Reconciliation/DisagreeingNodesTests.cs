using System.Net;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Tests.Support;
using HaproxyKit.Testing;

namespace HaproxyKit.PhoneHome.Tests.Reconciliation;

/// <summary>Nodes of one mapping that say different things of its settings, before a real HAProxy.</summary>
public sealed class DisagreeingNodesTests
{
    private const int Rounds = 5;

    private static readonly Dictionary<string, (MappingCommand Old, MappingCommand New)> Settings = new()
    {
        ["balance"] = Pair(new MappingSettings { Balance = BalanceMethod.LeastConnections }, new MappingSettings { Balance = BalanceMethod.Random }),
        ["check"] = Pair(
            new MappingSettings { Check = new NodeCheck { Kind = HealthCheckKind.Http, Path = "/old" } },
            new MappingSettings { Check = new NodeCheck { Kind = HealthCheckKind.Http, Path = "/new" } }),
        ["sticky"] = Pair(new MappingSettings { Stickiness = TimeSpan.FromMinutes(1) }, new MappingSettings { Stickiness = TimeSpan.FromMinutes(2) }),
        ["bindAddress"] = Pair(
            new MappingSettings { BindAddress = IPAddress.Parse("127.0.0.8") }, new MappingSettings { BindAddress = IPAddress.Parse("127.0.0.9") }),
        ["sendProxy"] = (Plain with { SendProxy = ProxyProtocol.V1 }, Plain with { SendProxy = ProxyProtocol.V2 }),
        ["maxConnections"] = Pair(new MappingSettings { MaxConnections = 5 }, new MappingSettings { MaxConnections = 6 }),
        ["drain"] = Pair(new MappingSettings { DrainTime = TimeSpan.FromSeconds(5) }, new MappingSettings { DrainTime = TimeSpan.FromSeconds(6) }),
        ["lease"] = (Plain with { Lease = TimeSpan.FromMinutes(5) }, Plain with { Lease = TimeSpan.FromMinutes(6) }),
    };

    public static TheoryData<string> Members { get; } = [.. Settings.Keys];

    private static MappingCommand Plain => ReconcilerHost.Command(MappingAction.Add, 1);

    [Theory]
    [MemberData(nameof(Members))]
    public async Task SubmitAsync_by_two_nodes_that_disagree_costs_one_reload_at_most_for_each_change_of_mind_and_none_for_repeating(string member)
    {
        await using var host = await ReconcilerHost.StartAsync();
        var port = Ports.Take();
        var (old, young) = Settings[member];
        Assert.Equal(MappingChange.Created, await CallAsync(host, port, "w1", old));
        Assert.Equal(MappingChange.Changed, await CallAsync(host, port, "w2", old));
        var reloads = await host.Haproxy.CountReloadsAsync();

        await CallAsync(host, port, "w2", young);
        await AssertNothingChangesAsync(host, port, ("w1", old), ("w2", young));
        Assert.InRange(await host.Haproxy.CountReloadsAsync() - reloads, 0, 1);

        // Who follows agrees, and costs nothing; who changes its mind after that is heard again.
        await AssertNothingChangesAsync(host, port, ("w1", young), ("w2", young));
        Assert.InRange(await host.Haproxy.CountReloadsAsync() - reloads, 0, 1);
        await CallAsync(host, port, "w1", old);
        await AssertNothingChangesAsync(host, port, ("w2", young), ("w1", old));
        Assert.InRange(await host.Haproxy.CountReloadsAsync() - reloads, 0, 2);
        Assert.Equal(2, host.Log.Lines.Count(line => line.Contains("than another node has said since", StringComparison.Ordinal)));
        var status = Assert.Single(host.Reconciler.Mappings);
        Assert.Equal((old.Settings, old.SendProxy, old.Lease ?? TimeSpan.FromHours(1)), (status.Settings, status.SendProxy, status.Lease));
        Assert.Equal(["w1", "w2"], status.Nodes.Select(node => node.Node));
    }

    [Fact]
    public async Task SubmitAsync_by_the_node_that_is_left_alone_is_heard()
    {
        await using var host = await ReconcilerHost.StartAsync();
        var port = Ports.Take();
        var (old, young) = Settings["balance"];
        await CallAsync(host, port, "w1", old);
        await CallAsync(host, port, "w2", young);
        await AssertNothingChangesAsync(host, port, ("w1", old), ("w2", young));
        var plan = await host.Reconciler.PlanAsync(old with { FrontendPort = port, Node = "w1" }, CancellationToken.None);
        Assert.Equal(MappingChange.Unchanged, plan.Change);

        await host.Reconciler.SubmitAsync(young with { Action = MappingAction.Delete, FrontendPort = port, Node = "w2" }, CancellationToken.None);
        Assert.Equal(MappingChange.Changed, await CallAsync(host, port, "w1", old));
        Assert.Contains("balance leastconn", host.File, StringComparison.Ordinal);

        // And one that comes and goes in a loop does not turn it round and round.
        var reloads = await host.Haproxy.CountReloadsAsync();
        for (var round = 0; round < Rounds; round++)
        {
            await CallAsync(host, port, "w2", young);
            Assert.Equal(MappingChange.Unchanged, await CallAsync(host, port, "w1", old));
            await host.Reconciler.SubmitAsync(young with { Action = MappingAction.Delete, FrontendPort = port, Node = "w2" }, CancellationToken.None);
            Assert.Equal(MappingChange.Unchanged, await CallAsync(host, port, "w1", old));
        }

        Assert.Equal(reloads, await host.Haproxy.CountReloadsAsync());
    }

    /// <summary>Calls in turn, some rounds; they are answered from memory.</summary>
    private static async Task AssertNothingChangesAsync(ReconcilerHost host, int port, params (string Node, MappingCommand Says)[] calls)
    {
        // Whatever reads or writes files, or sends a command, does so in a pass, and no pass begins without this lock.
        using (await host.LockAsync())
        {
            for (var round = 0; round < Rounds; round++)
            {
                foreach (var (node, says) in calls)
                {
                    var answer = CallAsync(host, port, node, says);
                    Assert.True(answer.IsCompletedSuccessfully, $"{node} waits in round {round}");
                    Assert.Equal(MappingChange.Unchanged, await answer);
                }
            }
        }
    }

    private static async Task<MappingChange> CallAsync(ReconcilerHost host, int port, string node, MappingCommand says) =>
        Assert.IsType<MappingOutcome.Served>(await host.Reconciler.SubmitAsync(says with { FrontendPort = port, Node = node }, CancellationToken.None)).Change;

    private static (MappingCommand Old, MappingCommand New) Pair(MappingSettings old, MappingSettings young) =>
        (Plain with { Settings = old }, Plain with { Settings = young });
}
