using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Control.Tests.Deployment;
using HaproxyKit.Control.Tests.Support;
using HaproxyKit.Diagnostics;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Rules;

/// <summary>Rule 16: the operator's lines that are not loaded yet are told of with a plan, and may be kept from being applied by our reload.</summary>
public sealed class ForeignLinesTests
{
    private const string Theirs = "backend theirs\n  server s9 127.0.0.1:1\n";

    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task Reload_tells_of_the_operators_lines_that_it_makes_live(string branch)
    {
        await using var haproxy = await DeployedHaproxy.StartAsync(branch);
        var deployer = haproxy.Deployer();
        Assert.DoesNotContain((await deployer.ApplyAsync(Opened(Ports.Take()))).Warnings, IsNotLoaded);
        await SaveAsync(haproxy, haproxy.Text.Replace("timeout client 60s", "timeout client 61s", StringComparison.Ordinal) + "# a comment is nothing\n" + Theirs);

        // A change at run time does not load them, and does not hide them.
        var moved = await deployer.ApplyAsync(Moved(haproxy));
        Assert.Equal((DeploymentOutcome.Applied, false), (moved.Outcome, moved.Reloaded));
        var request = Opened(Ports.Take());
        var preview = await PreviewAsync(haproxy, deployer, request);
        Assert.Equal(["backend theirs", "defaults"], Told(haproxy, [.. preview.Warnings]));

        var applied = await deployer.ApplyAsync(request);
        Assert.True(applied.Outcome == DeploymentOutcome.Applied, string.Join('\n', applied.Diagnostics));
        Assert.Equal(["backend theirs", "defaults"], Told(haproxy, [.. applied.Warnings]));
        Assert.Contains("theirs", await haproxy.Instance.AskAsync("show stat"), StringComparison.Ordinal);
        Assert.DoesNotContain((await deployer.ApplyAsync(Opened(Ports.Take()))).Warnings, IsNotLoaded);

        // What the operator has loaded is none of ours.
        await SaveAsync(haproxy, haproxy.Text.Replace("timeout client 61s", "timeout client 62s", StringComparison.Ordinal));
        await haproxy.Instance.ReloadAsync();
        Assert.DoesNotContain((await deployer.ApplyAsync(Opened(Ports.Take()))).Warnings, IsNotLoaded);
    }

    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task Reload_that_may_not_apply_the_operators_lines_waits_for_theirs_and_changes_at_run_time_go_on(string branch)
    {
        await using var haproxy = await DeployedHaproxy.StartAsync(branch);
        var deployer = haproxy.Deployer(patient: new DeployerOptions { ReloadInterval = TimeSpan.Zero, AppliesForeignLines = false });
        Assert.Equal(DeploymentOutcome.Applied, (await deployer.ApplyAsync(Opened(Ports.Take()))).Outcome);
        await SaveAsync(haproxy, haproxy.Text + Theirs);
        var (text, worker, port) = (haproxy.Text, await haproxy.Instance.WorkerPidAsync(), Ports.Take());

        var results = await Task.WhenAll(deployer.ApplyAsync(Opened(port)), deployer.ApplyAsync(Moved(haproxy)));

        Assert.Equal([DeploymentOutcome.Rejected, DeploymentOutcome.Applied], results.Select(result => result.Outcome));
        Assert.True(results[0].IsOperatorsFault);
        Assert.Equal(["backend theirs"], Told(haproxy, [.. results[0].Diagnostics]));
        Assert.Equal(worker, await haproxy.Instance.WorkerPidAsync());
        Assert.DoesNotContain($"{port}", haproxy.Text, StringComparison.Ordinal);
        Assert.EndsWith(Theirs, haproxy.Text, StringComparison.Ordinal);
        Assert.NotEqual(text, haproxy.Text);

        await haproxy.Instance.ReloadAsync();
        Assert.Equal(DeploymentOutcome.Applied, (await deployer.ApplyAsync(Opened(port))).Outcome);
        Assert.Equal("node", await HttpProbe.AskAsync(port));
    }

    /// <summary>Sections of ours that need a reload.</summary>
    private static DeploymentRequest Opened(int port) =>
        DeployedHaproxy.Add($"listen ours{port}\n  mode tcp\n  bind 127.0.0.1:{port}\n  use_backend app\n") with { IsManaged = IsOurs };

    private static DeploymentRequest Moved(DeployedHaproxy haproxy) =>
        DeployedHaproxy.Change($":{haproxy.NodePort}\n", $":{haproxy.NodePort} weight 7\n", IsOurs);

    private static bool IsOurs(string name) => name == "app" || name.StartsWith("ours", StringComparison.Ordinal);

    private static bool IsNotLoaded(Diagnostic diagnostic) => diagnostic.Id == DiagnosticIds.LinesNotLoaded;

    private static string[] Told(DeployedHaproxy haproxy, IEnumerable<Diagnostic> diagnostics) =>
    [
        .. diagnostics.Where(IsNotLoaded).Select(diagnostic => haproxy.Text.Split('\n')[diagnostic.Location!.Line - 1]).Order(StringComparer.Ordinal),
    ];

    private static Task SaveAsync(DeployedHaproxy haproxy, string text) => File.WriteAllTextAsync(haproxy.Instance.ConfigPath, text);

    private static Task<DeploymentPreview> PreviewAsync(DeployedHaproxy haproxy, Deployer deployer, DeploymentRequest request) =>
        new DeploymentPreviewer(
            haproxy.File,
            new HaproxyChecker(HaproxyInvocation.FromProcess(haproxy.Instance.MasterPid).Invocation!),
            new RuntimeClient(RuntimeEndpoint.Unix(haproxy.Instance.StatsSocket)),
            new BindProbe(),
            deployer).PreviewAsync(request);
}
