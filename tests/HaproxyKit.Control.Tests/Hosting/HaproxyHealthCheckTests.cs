using HaproxyKit.Control.Deployment;
using HaproxyKit.Diagnostics;
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
    public async Task CheckHealthAsync_alarm_degrades_until_it_is_over()
    {
        await using var hosted = await HostedHaproxy.StartAsync();
        var alarms = hosted.Services.GetRequiredService<AlarmBoard>();
        Assert.Same(alarms, hosted.Services.GetRequiredService<Deployer>().Alarms);

        alarms.Raise("test", new Diagnostic { Id = DiagnosticIds.OperatorConfigurationInvalid, Severity = DiagnosticSeverity.Error, Message = "line 7 is refused" });
        var degraded = await hosted.HealthAsync();
        alarms.Clear("test");

        Assert.Equal((HealthStatus.Degraded, "HAProxy answers, but: line 7 is refused"), (degraded.Status, degraded.Description));
        Assert.Equal(HealthStatus.Healthy, (await hosted.HealthAsync()).Status);
    }

    [Fact]
    public async Task AddHaproxyKit_edit_by_hand_after_a_deployment_is_told()
    {
        await using var hosted = await HostedHaproxy.StartAsync("backend moved\n  server m1 192.0.2.1:80\n");
        var deployer = hosted.Services.GetRequiredService<Deployer>();
        await deployer.ApplyAsync(
            Deployment.DeployedHaproxy.Change("m1 192.0.2.1", "m1 192.0.2.2", name => name == "moved"), TestContext.Current.CancellationToken);
        Assert.Equal(hosted.Haproxy.Text, $"{deployer.LastDeployed}");

        File.WriteAllText(hosted.Haproxy.Instance.ConfigPath, hosted.Haproxy.Text.Replace("timeout client 60s", "timeout client 61s", StringComparison.Ordinal));

        await Eventually.TrueAsync(
            async () => await hosted.HealthAsync() is { Status: HealthStatus.Degraded, Description: var why } && why!.Contains("timeout client", StringComparison.Ordinal),
            "the edit is told");
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
