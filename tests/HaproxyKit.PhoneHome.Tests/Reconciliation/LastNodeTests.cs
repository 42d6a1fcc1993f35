using HaproxyKit.Diagnostics;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Reconciliation;
using HaproxyKit.PhoneHome.Tests.Support;
using HaproxyKit.Testing;

namespace HaproxyKit.PhoneHome.Tests.Reconciliation;

/// <summary>Rule 24 on a real HAProxy, whose checks tell which nodes answer.</summary>
public sealed class LastNodeTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Last_node_that_answers_is_kept_six_leases_with_an_alarm_and_a_dead_one_or_one_with_a_goodbye_is_not()
    {
        await using var node = StandInNode.Start("A", "127.0.0.2");
        var time = new AheadTime();
        await using var host = await ReconcilerHost.StartAsync(
            isMaintained: true, time: time, configure: options => (options.MaintenanceInterval, options.DefaultLease) = (TimeSpan.FromMilliseconds(200), Lease));
        var callers = Enumerable.Range(0, 4).Select(_ => Ports.Take()).ToArray();
        var (answering, leaving, dead) = (Ports.Take(), Ports.Take(), Ports.Take());
        await Task.WhenAll(callers.Append(answering).Append(leaving).Select(port => AddAsync(host, port, node.Port)).Append(AddAsync(host, dead, 9)));
        await Eventually.TrueAsync(
            async () => (await host.Haproxy.AskAsync("show stat"))!.Split('\n').Any(line => line.StartsWith($"phonehome_{dead}_", StringComparison.Ordinal) && line.Contains(",DOWN,")),
            "HAProxy holds the dead node down");

        await PassAsync(host, time, Lease + TimeSpan.FromSeconds(1), callers, node.Port, () => !host.File.Contains($"phonehome_{dead}") && AlarmOf(host, answering) && AlarmOf(host, leaving));
        Assert.Equal("A", await HttpProbe.AskAsync(answering));
        Assert.Equal("A", await HttpProbe.AskAsync(leaving));

        Assert.Equal(MappingChange.Removed, Assert.IsType<MappingOutcome.Served>(await host.DeleteAsync(leaving)).Change);
        Assert.Null(await HttpProbe.AskAsync(leaving));

        await PassAsync(host, time, 4 * Lease, callers, node.Port, () => !AlarmOf(host, leaving));
        Assert.Equal("A", await HttpProbe.AskAsync(answering));
        Assert.True(AlarmOf(host, answering));

        await PassAsync(host, time, 1.5 * Lease, callers, node.Port, () => !host.File.Contains($"phonehome_{answering}") && !AlarmOf(host, answering));
        await Eventually.TrueAsync(async () => await HttpProbe.AskAsync(answering) is null, "its port is closed");
        foreach (var port in callers)
        {
            Assert.Equal("A", await HttpProbe.AskAsync(port));
        }
    }

    [Fact]
    public async Task Lone_mapping_that_is_dead_goes_after_six_leases_and_not_before()
    {
        var time = new AheadTime();
        await using var host = await ReconcilerHost.StartAsync(
            isMaintained: true, time: time, configure: options => (options.MaintenanceInterval, options.DefaultLease) = (TimeSpan.FromMilliseconds(200), Lease));
        var port = Ports.Take();
        await AddAsync(host, port, nodePort: 9);

        await PassAsync(host, time, 5.5 * Lease, [], 9, () => host.Alarms.Current.Any(alarm => alarm.Diagnostic.Id == DiagnosticIds.LeasesHeld));
        Assert.Contains($"phonehome_{port}", host.File);
        await PassAsync(host, time, Lease, [], 9, () => !host.File.Contains($"phonehome_{port}"));
        await Eventually.TrueAsync(() => host.Alarms.Current.Count == 0, "no alarm is left");
    }

    private static bool AlarmOf(ReconcilerHost host, int port) =>
        host.Alarms.Current.Any(alarm => alarm.Key == LeaseBrake.AlarmKeyOf(port) && alarm.Diagnostic.Id == DiagnosticIds.LastNodeKept);

    private static async Task AddAsync(ReconcilerHost host, int port, int nodePort) =>
        Assert.IsType<MappingOutcome.Served>(await host.AddAsync(port, nodePort: nodePort));

    /// <summary>Lets time go by, in steps in which nobody who calls is silent for a lease.</summary>
    private static async Task PassAsync(ReconcilerHost host, AheadTime time, TimeSpan span, int[] callers, int nodePort, Func<bool> isSo)
    {
        for (var left = span; left > TimeSpan.Zero; left -= Lease / 2)
        {
            await Task.WhenAll(callers.Select(port => AddAsync(host, port, nodePort)));
            time.Step(left < Lease / 2 ? left : Lease / 2);
            Assert.IsType<MappingOutcome.Served>(await host.Reconciler.RepairAsync(TestContext.Current.CancellationToken));
        }

        await Eventually.TrueAsync(
            async () =>
            {
                await Task.WhenAll(callers.Select(port => AddAsync(host, port, nodePort)));
                return isSo();
            },
            "what the time that went by should have brought");
    }
}
