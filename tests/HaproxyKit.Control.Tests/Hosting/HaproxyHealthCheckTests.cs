using HaproxyKit.Control.Deployment;
using HaproxyKit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HaproxyKit.Control.Tests.Hosting;

public sealed class HaproxyHealthCheckTests
{
    [Fact]
    public async Task CheckHealthAsync_follows_HAProxy_and_what_is_found_wrong()
    {
        await using var hosted = await HostedHaproxy.StartAsync("backend moved\n  server m1 192.0.2.1:80\n");
        await Eventually.EqualAsync(HealthStatus.Healthy, async () => (await hosted.HealthAsync()).Status, "health at first");
        var healthy = await hosted.HealthAsync();
        Assert.Equal(await hosted.Haproxy.Instance.WorkerPidAsync(), healthy.Data["workerPid"]);

        await hosted.Haproxy.Instance.AskAsync("set server moved/m1 addr 192.0.2.99");
        await Eventually.EqualAsync(HealthStatus.Degraded, async () => (await hosted.HealthAsync()).Status, "health of one that drifted");
        Assert.Contains("server moved/m1: the file says 192.0.2.1:80", (await hosted.HealthAsync()).Description);

        await hosted.Haproxy.Instance.AskAsync("set server moved/m1 addr 192.0.2.1");
        await hosted.Haproxy.Instance.AskAsync("set server moved/m1 state maint");
        await Eventually.TrueAsync(
            async () => await hosted.HealthAsync() is { Status: HealthStatus.Healthy } entry && entry.Data["byHand"] is string[] { Length: 1 },
            "what an operator does by hand is told, and no cause for alarm");

        await hosted.Haproxy.Instance.StopAsync();
        var unhealthy = await hosted.HealthAsync();
        Assert.Equal(HealthStatus.Unhealthy, unhealthy.Status);
        Assert.StartsWith("HAProxy does not answer", unhealthy.Description);
    }

    [Fact]
    public async Task AddHaproxyKit_deploys_looks_and_ends_with_its_host()
    {
        await using var hosted = await HostedHaproxy.StartAsync(configure: options => options.DriftInterval = TimeSpan.Zero);

        var result = await hosted.Services.GetRequiredService<Deployer>().ApplyAsync(
            Deployment.DeployedHaproxy.Add($"frontend more\n  bind 127.0.0.1:{Ports.Take()}\n  default_backend app\n"), TestContext.Current.CancellationToken);

        Assert.True(result.Outcome == DeploymentOutcome.Applied, string.Join('\n', result.Diagnostics));
        Assert.Equal(HealthStatus.Healthy, (await hosted.HealthAsync()).Status);
        Assert.Null(hosted.Services.GetRequiredService<Control.Drift.DriftMonitor>().Current);
    }
}
