using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Diagnostics;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Deployment;

/// <summary>What reloads need in production and the files leave out is told with each reload, and stops none (rule 5).</summary>
public sealed class DeployerWarningTests
{
    private const string Tables = "backend one\n  stick-table type ip size 1k\nbackend two\n  stick-table type ip size 1k\n";

    public static TheoryData<string> Branches { get; } = [.. HaproxyPrograms.Branches];

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task ApplyAsync_reload_tells_each_warning_once(string branch)
    {
        await using var haproxy = await DeployedHaproxy.StartAsync(branch, Tables);

        var result = await haproxy.Deployer().ApplyAsync(DeployedHaproxy.Change("maxconn 200", "maxconn 201"));

        Assert.True(result is { Outcome: DeploymentOutcome.Applied, Reloaded: true }, string.Join('\n', result.Diagnostics));
        Assert.Equal([DiagnosticIds.NoHardStop, DiagnosticIds.StickTableWithoutPeers], result.Warnings.Select(warning => warning.Id));
        Assert.Equal(result.Warnings, result.Plan.Warnings);
        Assert.Empty(result.Diagnostics);
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task ApplyAsync_limit_in_another_of_HAProxys_files_is_none_to_warn_of(string branch)
    {
        await using var haproxy = await DeployedHaproxy.StartAsync(
            branch, setup: new HaproxySetup { Files = [new("more.cfg", "global\n  hard-stop-after 30s\n")] });

        var result = await haproxy.Deployer().ApplyAsync(DeployedHaproxy.Change("maxconn 200", "maxconn 201"));

        Assert.True(result is { Outcome: DeploymentOutcome.Applied, Reloaded: true }, string.Join('\n', result.Diagnostics));
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task ApplyAsync_change_at_run_time_warns_of_nothing(string branch)
    {
        await using var haproxy = await DeployedHaproxy.StartAsync(branch, Tables);

        var result = await haproxy.Deployer().ApplyAsync(DeployedHaproxy.Change("s1 127.0.0.2", "s1 127.0.0.9", DeployedHaproxy.IsApp));

        Assert.True(result is { Outcome: DeploymentOutcome.Applied, Reloaded: false }, string.Join('\n', result.Diagnostics));
        Assert.Empty(result.Warnings);
        Assert.Empty(result.Plan.Warnings);
    }

    [Fact]
    public async Task ApplyAsync_reload_that_only_a_refused_command_made_necessary_warns_too()
    {
        await using var haproxy = await DeployedHaproxy.StartAsync(more: "backend later\n  balance roundrobin\n  server s9 127.0.0.9:1009\n");
        var stats = new RuntimeClient(RuntimeEndpoint.Unix(haproxy.Instance.StatsSocket));
        var isFirst = true;
        var deployer = haproxy.Deployer(checker: real => new CheckerAround(real, _ =>
        {
            if (isFirst)
            {
                // Somebody takes the server out after the change was planned.
                isFirst = false;
                stats.SetServerModeAsync("later", "s9", ServerMode.Maintenance).GetAwaiter().GetResult();
                Assert.True(stats.DeleteServerAsync("later", "s9").GetAwaiter().GetResult().IsSuccess);
                return new CheckResult { Verdict = CheckVerdict.Accepted };
            }

            return null;
        }));

        var result = await deployer.ApplyAsync(DeployedHaproxy.Change("s9 127.0.0.9", "s9 127.0.0.8"));

        Assert.True(result is { Outcome: DeploymentOutcome.Applied, Reloaded: true, Plan.NeedsReload: false }, string.Join('\n', result.Diagnostics));
        Assert.Equal(DiagnosticIds.NoHardStop, Assert.Single(result.Warnings).Id);
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task PreviewAsync_warns_where_the_change_needs_a_reload(string branch)
    {
        await using var haproxy = await DeployedHaproxy.StartAsync(branch, Tables);
        var stats = new RuntimeClient(RuntimeEndpoint.Unix(haproxy.Instance.StatsSocket));
        var checker = new HaproxyChecker(HaproxyInvocation.FromProcess(haproxy.Instance.MasterPid).Invocation!);
        var previewer = new DeploymentPreviewer(haproxy.File, checker, stats, new BindProbe());

        var reload = await previewer.PreviewAsync(DeployedHaproxy.Change("maxconn 200", "maxconn 201").Edit);
        var atRunTime = await previewer.PreviewAsync(DeployedHaproxy.Change("s1 127.0.0.2", "s1 127.0.0.9").Edit);

        Assert.Equal([DiagnosticIds.NoHardStop, DiagnosticIds.StickTableWithoutPeers], reload.Warnings.Select(warning => warning.Id));
        Assert.True(reload.IsAccepted);
        Assert.Empty(reload.Diagnostics);
        Assert.Empty(atRunTime.Warnings);
    }
}
