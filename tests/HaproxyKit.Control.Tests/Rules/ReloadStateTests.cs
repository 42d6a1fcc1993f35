using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Control.Tests.Faults;
using HaproxyKit.Control.Tests.Support;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Rules;

/// <summary>
/// Rule 5, as clients see it: a new worker believes in every server until its own checks have failed, and has forgotten what people set by hand.
/// The nodes that nobody shall be sent to are real ones, which would answer: so every connection that reaches them is counted.
/// </summary>
/// <remarks>
/// A new worker serves for a few milliseconds before it can be told anything. What it sends astray in them is held against somebody else's
/// reload under the same traffic, after which nobody tells it anything; once our reload is over it sends nothing astray any more.
/// </remarks>
public sealed class ReloadStateTests
{
    private const int Reloads = 3;
    private const int Many = 200;

    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task ApplyAsync_reload_sends_nobody_to_servers_that_were_down_or_taken_out_by_hand(string branch)
    {
        await using var down = StandInNode.Start("down", "127.0.0.5");
        await using var resting = StandInNode.Start("resting", "127.0.0.6");
        await using var weightless = StandInNode.Start("weightless", "127.0.0.7");

        // The first of two checks comes at once and the second after half of the interval: so long does a new worker believe in that server.
        await using var good = StandInNode.Start("good", "127.0.0.8");
        var port = Ports.Take();
        await using var bed = await FaultBed.StartAsync(branch,
            $"""
            frontend traffic
              bind 127.0.0.1:{port}
              default_backend theirs
            backend theirs
              balance roundrobin
              server good {good.Address}:{good.Port} weight 10 check inter 4s
              server down {down.Address}:{down.Port} weight 10 check port {Ports.Take()} inter 4s
              server resting {resting.Address}:{resting.Port} weight 10
              server weightless {weightless.Address}:{weightless.Port} weight 10

            """);
        StandInNode[] barred = [down, resting, weightless];
        int[] Counted() => [.. barred.Select(node => node.Connections)];
        await TakeOutAsync(bed);
        await using var traffic = await SteadyTraffic.StartAsync(port, longLived: 0);
        async Task ManyMoreAsync()
        {
            var served = traffic.Succeeded;
            await Eventually.TrueAsync(() => traffic.Succeeded >= served + Many, "the worker serves many");
        }

        var before = Counted();
        await bed.Instance.ReloadAsync();
        await TakeOutAsync(bed);
        var foreign = Counted().Zip(before, (now, then) => now - then).ToArray();
        await ManyMoreAsync();

        var deployer = bed.Deployer();
        var ours = new int[barred.Length];
        for (var i = 0; i < Reloads; i++)
        {
            before = Counted();
            var attempt = await FaultAttempt.OfAsync(deployer, FaultBed.Replacing($"maxconn {200 + i}\n", $"maxconn {201 + i}\n").Request);
            var after = Counted();
            Assert.True(attempt is { Outcome: DeploymentOutcome.Applied, Result.Reloaded: true }, $"reload {i}: {attempt}");
            ours = [.. ours.Zip(after.Zip(before, (now, then) => now - then), Math.Max)];
            await ManyMoreAsync();
            Assert.Equal(after, Counted());
        }

        await traffic.StopAsync();

        LongForm.Tell($"HAProxy {branch}: of {traffic.Succeeded} connections, to down, resting, weightless: {string.Join(", ", ours)} at most around a reload of ours, {string.Join(", ", foreign)} after somebody else's");
        Assert.True(traffic.Failures.Count == 0, string.Join("; ", traffic.Failures.Take(5)));
        Assert.All(ours.Zip(foreign), count => Assert.True(count.First * 10 < count.Second, $"{count.First} connections astray, and {count.Second} after a reload without us"));
    }

    /// <summary>Takes servers out by hand, and waits for HAProxy's own finding about the third.</summary>
    private static async Task TakeOutAsync(FaultBed bed)
    {
        var stats = new RuntimeClient(RuntimeEndpoint.Unix(bed.Instance.StatsSocket));
        await Eventually.TrueAsync(
            async () => (await stats.ShowServersStateAsync("theirs")).Single(server => server.Name == "down").Operational == ServerOperationalState.Stopped,
            "HAProxy has found the server down");
        Assert.True((await stats.SetServerModeAsync("theirs", "resting", ServerMode.Maintenance)).IsSuccess);
        Assert.True((await stats.SetServerWeightAsync("theirs", "weightless", 0)).IsSuccess);
    }
}
