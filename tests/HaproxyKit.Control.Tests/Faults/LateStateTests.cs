using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Faults;

/// <summary>From 3.0 on a worker answers that an address has changed, and takes it over a moment later: on a busy machine that moment is seen.</summary>
public sealed class LateStateTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task ApplyAsync_address_that_HAProxy_shows_a_moment_late_is_no_reason_to_reload(int late)
    {
        await using var bed = await FaultBed.StartAsync("3.2");
        var change = bed.Move();
        var before = new Dictionary<string, string?>();
        var shown = int.MaxValue;
        await using var stats = new ReplayedSocket(async line =>
        {
            if (line.StartsWith("set server", StringComparison.Ordinal))
                shown = 0;
            var isState = line.Contains("show servers state app", StringComparison.Ordinal);
            return isState && shown++ < late ? before[line] : await UnixSocketCall.AskAsync(bed.Instance.StatsSocket, line);
        });
        var deployer = bed.Deployer(new FaultParts { Stats = new RuntimeClient(stats.Endpoint) });

        // The first change looks at everything; the second at what it touches.
        foreach (var next in new[] { FaultBed.Replacing($"server s2 127.0.0.2:{bed.Old.Port}", $"server s2 127.0.0.3:{bed.Old.Port}"), change })
        {
            foreach (var line in new[] { "show info;show stat app -1 -1;show servers state app", "show info;show servers state app" })
                before[line] = await UnixSocketCall.AskAsync(bed.Instance.StatsSocket, line);
            var attempt = await FaultAttempt.OfAsync(deployer, next.Request);
            Assert.False(attempt.Result is not { Reloaded: false, Outcome: DeploymentOutcome.Applied or DeploymentOutcome.Unchanged }, $"{attempt}");
        }

        await Aftermath.AssertAsync(bed);
        Assert.Equal("new", await HttpProbe.AskAsync(bed.Port));
    }
}
