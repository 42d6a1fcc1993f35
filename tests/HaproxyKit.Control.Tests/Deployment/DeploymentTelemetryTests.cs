using System.Diagnostics;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Tests.Telemetry;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Deployment;

public sealed class DeploymentTelemetryTests
{
    private const string Outcome = "haproxykit.outcome";

    [Fact]
    public async Task Deployments_are_counted_by_outcome_and_what_they_do_belongs_to_them()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync("2.6", "backend moved\n  server m1 192.0.2.1:80\n");
        var deployer = haproxy.Deployer();
        using var heard = new TelemetryListener();
        using var ours = new Activity("test").Start();
        var move = DeployedHaproxy.Change("m1 192.0.2.1", "m1 192.0.2.2", name => name == "moved");

        await deployer.ApplyAsync(move, TestContext.Current.CancellationToken);
        await deployer.ApplyAsync(move, TestContext.Current.CancellationToken);
        await deployer.ApplyAsync(DeployedHaproxy.Change("backend moved", "backend moved\n  no-such-keyword"), TestContext.Current.CancellationToken);
        await deployer.ApplyAsync(DeployedHaproxy.Add($"frontend more\n  bind 127.0.0.1:{Ports.Take()}\n  default_backend app\n"), TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<InvalidDataException>(() => deployer.ApplyAsync(
            new DeploymentRequest { Edit = _ => throw new InvalidDataException(), Undo = document => document }, TestContext.Current.CancellationToken));

        string[] outcomes = ["applied", "unchanged", "rejected", "applied", "failed"];
        Assert.Equal(outcomes, Told(heard, haproxy, "haproxykit.applies").Select(m => m.Tags[Outcome]));
        Assert.Equal(outcomes, Told(heard, haproxy, "haproxykit.apply.duration").Select(m => m.Tags[Outcome]));
        var applies = heard.Activities.Where(a => a.OperationName == "haproxykit.apply" && a.TraceId == ours.TraceId).ToList();
        Assert.Equal(outcomes, applies.Select(a => $"{a.GetTagItem(Outcome)}"));
        var run = Assert.Single(heard.Activities, a => a.OperationName == "haproxykit.deployment" && a.ParentSpanId == applies[0].SpanId);
        Assert.Single(heard.Activities, a => a.DisplayName == "set server" && a.ParentSpanId == run.SpanId);
        var reload = Assert.Single(heard.Activities, a => a.OperationName == "haproxykit.reload" && a.TraceId == ours.TraceId);
        Assert.Equal("change", reload.GetTagItem("haproxykit.reload.reason"));
    }

    [Fact]
    public async Task Revision_age_begins_with_the_change_and_ends_with_the_deployer()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync("2.6");
        using var heard = new TelemetryListener();
        var deployer = haproxy.Deployer();

        await deployer.ApplyAsync(DeployedHaproxy.Change("timeout client 60s", "timeout client 61s"), TestContext.Current.CancellationToken);
        heard.Collect();
        var age = Assert.Single(Told(heard, haproxy, "haproxykit.revision.age")).Value;
        deployer.Dispose();
        heard.Collect();

        Assert.InRange(age, 0, 60);
        Assert.Single(Told(heard, haproxy, "haproxykit.revision.age"));
    }

    private static IReadOnlyList<(double Value, IReadOnlyDictionary<string, string> Tags)> Told(TelemetryListener heard, DeployedHaproxy haproxy, string instrument) =>
        [.. heard.Of(instrument, "server.address", haproxy.Instance.StatsSocket)];
}
