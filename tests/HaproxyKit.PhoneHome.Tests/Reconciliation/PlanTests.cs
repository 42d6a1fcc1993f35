using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Tests.Support;
using HaproxyKit.Testing;

namespace HaproxyKit.PhoneHome.Tests.Reconciliation;

/// <summary>What a plan tells its caller, before a real HAProxy.</summary>
public sealed class PlanTests
{
    /// <summary>Others' names, ports and addresses are hidden by the list of mappings; a plan is no way around it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PlanAsync_tells_the_steps_for_the_callers_own_mapping_and_counts_those_for_others(bool isReloadedForOthers)
    {
        await using var host = await ReconcilerHost.StartAsync();
        var (others, own) = (Ports.Take(), Ports.Take());
        Assert.IsType<MappingOutcome.Served>(await host.AddAsync(others, "127.0.0.2"));
        Assert.IsType<MappingOutcome.Served>(await host.Reconciler.SubmitAsync(Of(own, "127.0.0.4"), CancellationToken.None));
        await File.WriteAllTextAsync(host.Haproxy.ConfigPath, isReloadedForOthers
            ? EditedIn(host.File, others, "timeout connect 5s", "timeout connect 7s")
            : EditedIn(host.File, others, "127.0.0.2:9", "127.0.0.3:9"));
        await host.Haproxy.ReloadAsync();

        var plan = await host.Reconciler.PlanAsync(Of(own, "127.0.0.5"), CancellationToken.None);

        Assert.Equal((MappingChange.Moved, isReloadedForOthers), (plan.Change, plan.NeedsReload));
        Assert.Contains(plan.Steps, step => step.Contains($"phonehome_{own}_map-{own}_nodes", StringComparison.Ordinal) && step.Contains("127.0.0.5", StringComparison.Ordinal));
        Assert.DoesNotContain(plan.Steps, step => step.Contains($"{others}", StringComparison.Ordinal) || step.Contains("127.0.0.2", StringComparison.Ordinal));
        Assert.InRange(plan.StepsForOthers, 1, 3);
        Assert.Null(plan.Refusal);
    }

    [Fact]
    public async Task PlanAsync_for_a_new_port_tells_the_reload_for_it_and_none_for_others()
    {
        await using var host = await ReconcilerHost.StartAsync();
        var port = Ports.Take();

        var plan = await host.Reconciler.PlanAsync(Of(port, "127.0.0.4"), CancellationToken.None);

        Assert.Contains(plan.Steps, step => step.StartsWith("reload", StringComparison.Ordinal) && step.Contains($"phonehome_{port}_", StringComparison.Ordinal));
        Assert.Equal((true, 0), (plan.NeedsReload, plan.StepsForOthers));
    }

    private static MappingCommand Of(int port, string address) => ReconcilerHost.Command(MappingAction.Add, port, address) with { Owner = "another" };

    /// <summary>A file with one line of a mapping's backend changed by hand.</summary>
    private static string EditedIn(string text, int port, string line, string byHand)
    {
        var start = text.IndexOf($"backend phonehome_{port}_", StringComparison.Ordinal);
        var at = text.IndexOf(line, start, StringComparison.Ordinal);
        return text[..at] + byHand + text[(at + line.Length)..];
    }
}
