using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Control.Tests.Deployment;
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

    /// <summary>
    /// A server leaves maintenance one failed check away from DOWN. Put into service before HAProxy has its address, it would be checked at its
    /// former one, and be down until its checks have succeeded again; 3.2 did so once in some 36,000 times.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task ApplyAsync_server_that_is_spare_is_put_into_service_only_with_its_address(int late)
    {
        const string Spare = "server n1 0.0.0.0:1 disabled";
        await using var node = StandInNode.Start("node");
        await using var haproxy = await DeployedHaproxy.StartAsync("3.2", more: $"backend pool\n  {Spare}\n");
        var before = new Dictionary<string, string?>();
        foreach (var line in new[] { "show info;show stat pool -1 -1;show servers state pool", "show info;show servers state pool" })
            before[line] = await haproxy.Instance.AskAsync(line);
        var looks = int.MaxValue;
        var looksBeforeService = -1;
        await using var stats = new ReplayedSocket(async line =>
        {
            if (line.StartsWith("set server pool/n1 addr", StringComparison.Ordinal))
                looks = 0;
            if (line.StartsWith("set server pool/n1 state ready", StringComparison.Ordinal))
                looksBeforeService = looks;
            var isState = line.Contains("show servers state pool", StringComparison.Ordinal);
            return isState && looks++ < late ? before[line] : await haproxy.Instance.AskAsync(line);
        });

        var result = await haproxy.Deployer(stats: new RuntimeClient(stats.Endpoint))
            .ApplyAsync(DeployedHaproxy.Change(Spare, $"server n1 {node.Address}:{node.Port}", static name => name == "pool"));

        Assert.True(result is { Outcome: DeploymentOutcome.Applied, Reloaded: false }, $"{result.Outcome} {string.Join(';', result.Diagnostics)}");
        Assert.True(looksBeforeService > late, $"after {looksBeforeService} looks, of which {late} showed no address: {string.Join('\n', stats.Asked)}");
        Assert.Equal($"{node.Address}:{node.Port}", await haproxy.AddressAsync("pool", "n1"));
    }
}
