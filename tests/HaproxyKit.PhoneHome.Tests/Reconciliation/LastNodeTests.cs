using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Diagnostics;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Reconciliation;
using HaproxyKit.PhoneHome.Tests.Support;
using HaproxyKit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Tests.Reconciliation;

/// <summary>Rule 24 on a real HAProxy, whose checks tell which nodes answer.</summary>
public sealed class LastNodeTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    private readonly AheadTime _time = new();

    [Fact]
    public async Task Last_node_that_answers_is_kept_six_leases_with_an_alarm_and_a_dead_one_or_one_with_a_goodbye_is_not()
    {
        await using var node = StandInNode.Start("A", "127.0.0.2");
        await using var host = await StartAsync();
        using var maintenance = Maintenance(host);
        var callers = Enumerable.Range(0, 4).Select(_ => Ports.Take()).ToArray();
        var (answering, leaving, dead) = (Ports.Take(), Ports.Take(), Ports.Take());
        await Task.WhenAll(callers.Append(answering).Append(leaving).Select(port => AddAsync(host, port, node.Port)).Append(AddAsync(host, dead, 9)));
        await IsDownAsync(host, dead);
        await maintenance.LookAsync(CancellationToken.None);

        await PassAsync(host, maintenance, Lease + TimeSpan.FromSeconds(1), callers, node.Port);
        Assert.False(host.IsWanted(dead));
        Assert.True(IsToldOf(host, answering) && IsToldOf(host, leaving));
        Assert.Equal("A", await HttpProbe.AskAsync(answering));
        Assert.Equal("A", await HttpProbe.AskAsync(leaving));

        Assert.Equal(MappingChange.Removed, Assert.IsType<MappingOutcome.Served>(await host.DeleteAsync(leaving)).Change);
        Assert.Null(await HttpProbe.AskAsync(leaving));

        await PassAsync(host, maintenance, 4.5 * Lease, callers, node.Port);
        Assert.Equal("A", await HttpProbe.AskAsync(answering));
        Assert.True(IsToldOf(host, answering) && !IsToldOf(host, leaving));

        await PassAsync(host, maintenance, Lease, callers, node.Port);
        Assert.False(IsToldOf(host, answering));
        Assert.False(host.IsWanted(answering));
        await Eventually.TrueAsync(() => HttpProbe.IsRefusedAsync(answering), "its port is closed");
        foreach (var port in callers)
        {
            Assert.Equal("A", await HttpProbe.AskAsync(port));
        }
    }

    [Fact]
    public async Task Lone_mapping_that_is_dead_goes_after_six_leases_and_not_before()
    {
        await using var host = await StartAsync();
        using var maintenance = Maintenance(host);
        var port = Ports.Take();
        await AddAsync(host, port, nodePort: 9);
        await IsDownAsync(host, port);
        await maintenance.LookAsync(CancellationToken.None);

        await PassAsync(host, maintenance, 5.5 * Lease, [], 9);
        Assert.True(host.IsWanted(port));
        Assert.Equal(DiagnosticIds.LeasesHeld, Assert.Single(host.Alarms.Current).Diagnostic.Id);

        await PassAsync(host, maintenance, Lease, [], 9);
        Assert.False(host.IsWanted(port));
        Assert.Empty(host.Alarms.Current);
    }

    private Task<ReconcilerHost> StartAsync() => ReconcilerHost.StartAsync(time: _time, configure: options => options.DefaultLease = Lease);

    /// <summary>Looks when a test says so.</summary>
    private static MappingMaintenance Maintenance(ReconcilerHost host) => new(
        host.Reconciler,
        host.Services.GetRequiredService<MappingStore>(),
        host.Services.GetRequiredService<RuntimeClient>(),
        host.Services.GetRequiredService<AlarmBoard>(),
        host.Services.GetRequiredService<IOptions<PhoneHomeOptions>>(),
        host.Services.GetRequiredService<TimeProvider>(),
        host.Services.GetRequiredService<ILogger<MappingMaintenance>>());

    private static bool IsToldOf(ReconcilerHost host, int port) =>
        host.Alarms.Current.Any(alarm => alarm.Key == LeaseBrake.AlarmKeyOf(port) && alarm.Diagnostic.Id == DiagnosticIds.LastNodeKept);

    private static Task<TimeSpan> IsDownAsync(ReconcilerHost host, int port) => Eventually.TrueAsync(
        async () => (await host.Haproxy.AskAsync("show stat"))!.Split('\n').Any(line => line.StartsWith($"phonehome_{port}_", StringComparison.Ordinal) && line.Contains(",DOWN,")),
        "HAProxy holds the node down");

    private static async Task AddAsync(ReconcilerHost host, int port, int nodePort) =>
        Assert.IsType<MappingOutcome.Served>(await host.AddAsync(port, nodePort: nodePort));

    /// <summary>Lets time go by, in steps in which nobody who calls is silent for a lease.</summary>
    private async Task PassAsync(ReconcilerHost host, MappingMaintenance maintenance, TimeSpan span, int[] callers, int nodePort)
    {
        for (var left = span; left > TimeSpan.Zero; left -= Lease / 2)
        {
            await Task.WhenAll(callers.Select(port => AddAsync(host, port, nodePort)));
            _time.Step(left < Lease / 2 ? left : Lease / 2);
            await maintenance.LookAsync(CancellationToken.None);
        }
    }
}
