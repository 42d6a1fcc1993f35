using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Diagnostics;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Reconciliation;
using HaproxyKit.PhoneHome.Tests.Support;
using HaproxyKit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Tests.Reconciliation;

/// <summary>A node that an operator keeps out of service at run time (rule 5) is left so, and nobody is told less than that.</summary>
public sealed class HeldNodesTests
{
    [Theory]
    [InlineData("maint", NodeHold.Maintenance, "maintenance")]
    [InlineData("drain", NodeHold.Drain, "drains")]
    public async Task Node_that_an_operator_holds_is_told_to_its_caller_with_the_mappings_and_as_an_alarm_until_it_is_set_ready(
        string state, NodeHold hold, string word)
    {
        await using var node = StandInNode.Start("A", "127.0.0.2");
        await using var host = await ReconcilerHost.StartAsync();
        using var maintenance = Maintenance(host);
        var (port, other) = (Ports.Take(), Ports.Take());
        await CallAsync(host, port, node.Port);
        await CallAsync(host, other, node.Port);

        await SetStateAsync(host, port, "n1", state);
        await maintenance.LookAsync(CancellationToken.None);

        using (await host.LockAsync())
        {
            // No pass can begin: it is answered from memory.
            var heartbeat = await CallAsync(host, port, node.Port);
            Assert.Equal(MappingChange.Unchanged, heartbeat.Change);
            Assert.Contains(word, Assert.Single(heartbeat.Warnings));
            Assert.Empty((await CallAsync(host, other, node.Port)).Warnings);
        }

        Assert.Equal([(port, hold)], HeldOf(host));
        var alarm = Assert.Single(host.Alarms.Current);
        Assert.Equal((HeldNodes.AlarmKeyOf(port), DiagnosticIds.NodeHeldByOperator), (alarm.Key, alarm.Diagnostic.Id));
        Assert.Contains($"port {port} ('map-{port}')", alarm.Diagnostic.Message);
        Assert.Null(await HttpProbe.AskAsync(port));
        Assert.Equal("A", await HttpProbe.AskAsync(other));

        await SetStateAsync(host, port, "n1", "ready");
        await maintenance.LookAsync(CancellationToken.None);
        Assert.Empty((await CallAsync(host, port, node.Port)).Warnings);
        Assert.Empty(HeldOf(host));
        Assert.Empty(host.Alarms.Current);
        Assert.Equal("A", await HttpProbe.AskAsync(port));
    }

    [Fact]
    public async Task Move_of_a_node_that_was_held_a_moment_ago_says_so_and_a_reload_for_another_changes_nothing_of_it()
    {
        await using var host = await ReconcilerHost.StartAsync();
        var port = Ports.Take();
        await CallAsync(host, port, 9);
        await SetStateAsync(host, port, "n1", "maint");

        var moved = await CallAsync(host, port, 9, "127.0.0.3");
        Assert.Equal(MappingChange.Moved, moved.Change);
        Assert.Single(moved.Warnings);
        Assert.Equal([(port, NodeHold.Maintenance)], HeldOf(host));

        var made = await CallAsync(host, Ports.Take(), 9);
        Assert.True(made.Reloaded);
        Assert.Empty(made.Warnings);
        Assert.Single((await CallAsync(host, port, 9, "127.0.0.3")).Warnings);
        Assert.Equal([(port, NodeHold.Maintenance)], HeldOf(host));

        Assert.Empty(Assert.IsType<MappingOutcome.Served>(await host.DeleteAsync(port)).Warnings);
        Assert.Empty(host.Alarms.Current);
    }

    [Fact]
    public async Task Of_several_nodes_the_one_that_is_held_is_told_and_what_was_taken_out_by_ourselves_is_none()
    {
        await using var host = await ReconcilerHost.StartAsync();
        using var maintenance = Maintenance(host);
        var port = Ports.Take();
        foreach (var node in (string[])["w1", "w2"])
        {
            await CallAsync(host, port, 9, "127.0.0.2", node);
        }

        // The slot of one that has left keeps its address at run time, and is in maintenance by our own doing.
        await SubmitAsync(host, ReconcilerHost.Command(MappingAction.Delete, port) with { Node = "w2" });
        await maintenance.LookAsync(CancellationToken.None);
        Assert.Empty(HeldOf(host));
        Assert.Empty((await CallAsync(host, port, 9, "127.0.0.2", "w2")).Warnings);
        await maintenance.LookAsync(CancellationToken.None);
        Assert.Empty(HeldOf(host));

        await SetStateAsync(host, port, await ServerOfAsync(host, port, "w2"), "maint");
        await maintenance.LookAsync(CancellationToken.None);

        Assert.Empty((await CallAsync(host, port, 9, "127.0.0.2", "w1")).Warnings);
        Assert.Single((await CallAsync(host, port, 9, "127.0.0.2", "w2")).Warnings);
        Assert.Equal([null, NodeHold.Maintenance], host.Reconciler.Mappings.Single().Nodes.OrderBy(node => node.Node, StringComparer.Ordinal).Select(node => node.HeldByOperator));
        Assert.Contains("keeps w2 (maintenance) out of service", Assert.Single(host.Alarms.Current).Diagnostic.Message);
    }

    private static async Task<MappingOutcome.Served> CallAsync(ReconcilerHost host, int port, int nodePort, string address = "127.0.0.2", string? node = null) =>
        await SubmitAsync(host, ReconcilerHost.Command(MappingAction.Add, port, address, nodePort: nodePort) with { Node = node });

    private static async Task<MappingOutcome.Served> SubmitAsync(ReconcilerHost host, MappingCommand command) =>
        Assert.IsType<MappingOutcome.Served>(await host.Reconciler.SubmitAsync(command, TestContext.Current.CancellationToken));

    private static async Task SetStateAsync(ReconcilerHost host, int port, string server, string state)
    {
        var backend = (await host.Haproxy.AskAsync("show backend"))!.Split('\n').Single(name => name.StartsWith($"phonehome_{port}_", StringComparison.Ordinal)).Trim();
        await host.Haproxy.AskAsync($"set server {backend}/{server} state {state}");
    }

    private static async Task<string> ServerOfAsync(ReconcilerHost host, int port, string node)
    {
        var lines = await File.ReadAllLinesAsync(host.Haproxy.ConfigPath);
        return lines.Single(line => line.Contains($"node={node}", StringComparison.Ordinal)).Trim().Split(' ')[1];
    }

    private static IEnumerable<(int Port, NodeHold Hold)> HeldOf(ReconcilerHost host) =>
        host.Reconciler.Mappings.SelectMany(mapping => mapping.Nodes.Where(node => node.HeldByOperator is not null).Select(node => (mapping.FrontendPort, node.HeldByOperator!.Value)));

    /// <summary>Looks when a test says so.</summary>
    private static MappingMaintenance Maintenance(ReconcilerHost host) => new(
        host.Reconciler,
        host.Services.GetRequiredService<MappingStore>(),
        host.Services.GetRequiredService<RuntimeClient>(),
        host.Services.GetRequiredService<AlarmBoard>(),
        host.Services.GetRequiredService<IOptions<PhoneHomeOptions>>(),
        host.Services.GetRequiredService<TimeProvider>(),
        host.Services.GetRequiredService<ILogger<MappingMaintenance>>());
}
