using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Tests.Faults;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Traffic;

/// <summary>Clients notice nothing of changes: neither those that connect all the time nor those that stay.</summary>
public sealed class TrafficTests
{
    private const int LongLived = 50;

    [Theory]
    [InlineData("2.6", 1_000)]
    [InlineData("3.0", 200)]
    [InlineData("3.2", 200)]
    public async Task ApplyAsync_address_changes_under_traffic_fail_no_connection_and_cut_none(string branch, int changes)
    {
        changes = LongForm.Times(changes, 1_000);
        await using var bed = await FaultBed.StartAsync(branch);
        var deployer = bed.Deployer();
        var worker = await bed.Instance.WorkerPidAsync();
        await using var traffic = await SteadyTraffic.StartAsync(bed.Port, LongLived);
        for (var i = 0; i < changes; i++)
        {
            var (from, to) = i % 2 == 0 ? ("127.0.0.2", "127.0.0.3") : ("127.0.0.3", "127.0.0.2");
            var attempt = await FaultAttempt.OfAsync(deployer, FaultBed.Replacing($"server s1 {from}:", $"server s1 {to}:").Request);
            Assert.True(attempt is { Outcome: DeploymentOutcome.Applied, Result.Reloaded: false }, $"change {i}: {attempt}");
        }

        await traffic.StopAsync();

        Assert.True(traffic.Failures.Count == 0, $"{traffic.Failures.Count} failures beside {traffic.Succeeded} successes: {string.Join("; ", traffic.Failures.Take(5))}");
        Assert.Equal(worker, await bed.Instance.WorkerPidAsync());
        Assert.True(bed.Next.Requests > 0 && bed.Old.Requests > 0, "both nodes had traffic");
        LongForm.Tell($"HAProxy {branch}: {changes} changes, {traffic.Succeeded} new connections, {traffic.Lines} lines on {LongLived} long-lived ones, 0 failures");
        await Aftermath.AssertServesFileAsync(bed, "traffic");
    }

    [Theory]
    [InlineData("2.6", 20)]
    [InlineData("3.0", 6)]
    [InlineData("3.2", 6)]
    public async Task ApplyAsync_reloads_under_traffic_fail_no_new_connection(string branch, int reloads)
    {
        reloads = LongForm.Times(reloads, 20);
        await using var bed = await FaultBed.StartAsync(branch);
        var deployer = bed.Deployer();
        await using var traffic = await SteadyTraffic.StartAsync(bed.Port, longLived: 0);
        for (var i = 0; i < reloads; i++)
        {
            var attempt = await FaultAttempt.OfAsync(deployer, FaultBed.Replacing($"maxconn {200 + i}\n", $"maxconn {201 + i}\n").Request);
            Assert.True(attempt is { Outcome: DeploymentOutcome.Applied, Result.Reloaded: true }, $"reload {i}: {attempt}");
        }

        await traffic.StopAsync();

        Assert.True(traffic.Failures.Count == 0, $"{traffic.Failures.Count} failures beside {traffic.Succeeded} successes: {string.Join("; ", traffic.Failures.Take(5))}");
        LongForm.Tell($"HAProxy {branch}: {reloads} reloads, {traffic.Succeeded} new connections, 0 failures");
        await Aftermath.AssertAsync(bed);
    }
}
