using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Planning.Steps;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Planning;

/// <summary>A real HAProxy that follows plans, and shows what runs then.</summary>
public sealed class PlannedHaproxy : IAsyncDisposable
{
    private PlannedHaproxy(HaproxyInstance instance, string text)
    {
        Instance = instance;
        Document = ConfigDocument.Parse(instance.Expand(text), instance.ConfigPath);
        Client = new RuntimeClient(RuntimeEndpoint.Unix(instance.StatsSocket));
    }

    public HaproxyInstance Instance { get; }

    public RuntimeClient Client { get; }

    /// <summary>The configuration with which HAProxy was started.</summary>
    public ConfigDocument Document { get; }

    public static async Task<PlannedHaproxy> StartAsync(string branch, string text) =>
        new(await HaproxyInstance.StartAsync(text, HaproxyPrograms.Of(branch)), text);

    public Task<RunningState> ReadAsync(IReadOnlySet<string>? proxies = null) =>
        new RunningStateReader(Client).ReadAsync(proxies, CancellationToken.None);

    public async Task<DeploymentPlan> PlanAsync(ConfigDocument wanted, params ReferencedFile[] files) =>
        DeploymentPlanner.Plan(
            Document, wanted, await ReadAsync(DeploymentPlanner.TouchedProxies(Document, wanted)), static _ => false, [.. files], TimeSpan.Zero);

    /// <summary>Sends the steps, and fails where HAProxy refuses one.</summary>
    public async Task SendAsync(DeploymentPlan plan)
    {
        Assert.False(plan.NeedsReload, plan.ToString());
        foreach (var step in plan.Commands)
        {
            var change = await step.SendAsync(Client, CancellationToken.None);
            Assert.True(change.IsSuccess, $"{step}: {change.Message}");
        }
    }

    /// <summary>Whether each step holds, read back as a deployer does.</summary>
    public async Task<IReadOnlyList<(RuntimeStep Step, bool Holds)>> HoldAsync(DeploymentPlan plan)
    {
        var state = await new RunningStateReader(Client).ReadBackAsync(plan, CancellationToken.None);
        var found = new List<(RuntimeStep, bool)>();
        foreach (var step in plan.Commands)
        {
            found.Add((step, await step.HoldsAsync(Client, state, CancellationToken.None)));
        }

        return found;
    }

    public ValueTask DisposeAsync() => Instance.DisposeAsync();
}
