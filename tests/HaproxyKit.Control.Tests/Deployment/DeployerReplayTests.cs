using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Diagnostics;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Deployment;

/// <summary>What a reload undoes is kept: what people set by hand, and which servers are down (rule 5).</summary>
public sealed class DeployerReplayTests
{
    [Theory]
    [MemberData(nameof(DeployedHaproxy.Ways), MemberType = typeof(DeployedHaproxy))]
    public async Task ApplyAsync_reload_keeps_what_was_set_by_hand_and_which_servers_are_down(string branch, bool byMaster)
    {
        await using var node = StandInNode.Start("kept");
        var place = $"{node.Address}:{node.Port}";
        await using var haproxy = await DeployedHaproxy.StartAsync(branch, more:
            $"""
            backend kept
              server maint {place}
              server drain {place}
              server weight {place} weight 10
              server both {place} weight 10
              server down {place} check inter 60s rise 2
              server off {place} disabled
              server untouched {place} weight 7

            """);
        var stats = new RuntimeClient(RuntimeEndpoint.Unix(haproxy.Instance.StatsSocket));
        await stats.SetServerModeAsync("kept", "maint", ServerMode.Maintenance);
        await stats.SetServerModeAsync("kept", "drain", ServerMode.Drain);
        await stats.SetServerWeightAsync("kept", "weight", 77);
        await stats.SetServerWeightAsync("kept", "both", 78);
        await stats.SetServerModeAsync("kept", "off", ServerMode.Ready);
        await stats.SetServerHealthAsync("kept", "down", ServerHealth.Down);
        var before = (await stats.ShowServersStateAsync("kept")).ToDictionary(server => server.Name);
        Assert.Equal(ServerOperationalState.Stopped, before["down"].Operational);
        var worker = await haproxy.Instance.WorkerPidAsync();

        var result = await haproxy.Deployer(byMaster).ApplyAsync(DeployedHaproxy.Change($"server both {place} weight 10", $"server both {place} weight 20\n  timeout tunnel 77s"));

        Assert.True(result is { Outcome: DeploymentOutcome.Applied, Reloaded: true }, string.Join('\n', result.Diagnostics));
        Assert.NotEqual(worker, await haproxy.Instance.WorkerPidAsync());
        var after = (await stats.ShowServersStateAsync("kept")).ToDictionary(server => server.Name);
        Assert.Equal(ServerAdminStates.ForcedMaintenance, after["maint"].Admin);
        Assert.Equal(ServerAdminStates.ForcedDrain, after["drain"].Admin);
        Assert.Equal(77, after["weight"].Weight);
        Assert.Equal(ServerOperationalState.Stopped, after["down"].Operational);
        Assert.True(after["off"].IsInRotation, after["off"].ToString());
        Assert.Equal(20, after["both"].Weight);
        Assert.Equal(7, after["untouched"].Weight);
        Assert.True(after["untouched"].IsInRotation);
        Assert.Equal(5, result.Diagnostics.Count(diagnostic => diagnostic is { Id: DiagnosticIds.StateKept, Severity: DiagnosticSeverity.Info }));
    }
}
