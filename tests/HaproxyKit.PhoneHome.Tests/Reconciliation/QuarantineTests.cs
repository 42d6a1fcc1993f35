using System.Net;
using System.Net.Sockets;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Reconciliation;
using HaproxyKit.PhoneHome.Tests.Support;
using HaproxyKit.Testing;

namespace HaproxyKit.PhoneHome.Tests.Reconciliation;

/// <summary>A mapping that HAProxy refuses is held alone, before a real HAProxy.</summary>
public sealed class QuarantineTests
{
    [Fact]
    public async Task Mapping_that_the_operators_change_makes_refused_is_held_with_its_reason_and_comes_again_when_the_file_changes()
    {
        await using var host = await ReconcilerHost.StartAsync();
        var original = host.File;
        var (refused, other, later) = (Ports.Take(), Ports.Take(), Ports.Take());
        await AddAsync(host, refused);
        await AddAsync(host, other);
        using var watch = new EventWatch(host);

        // A template run has wiped our sections, and the operator has a proxy of the very name.
        await File.WriteAllTextAsync(host.Haproxy.ConfigPath, original + $"\nbackend phonehome_{refused}_map-{refused}_nodes\n  mode tcp\n");
        await AddAsync(host, later);
        Assert.Contains($"bind 127.0.0.1:{other}", host.File);
        Assert.Contains($"bind 127.0.0.1:{later}", host.File);
        Assert.DoesNotContain($"bind 127.0.0.1:{refused}", host.File);
        var held = Assert.Single(host.Reconciler.Mappings, mapping => mapping.HeldBecause is not null);
        Assert.Equal(refused, held.FrontendPort);
        Assert.Contains("phonehome_", held.HeldBecause);

        // Its caller is told the truth, and others' passes do not try it again and again.
        Assert.IsType<MappingOutcome.Refused>(await host.AddAsync(refused));
        var plan = await host.Reconciler.PlanAsync(ReconcilerHost.Command(MappingAction.Add, Ports.Take()), CancellationToken.None);
        Assert.Null(plan.Refusal);
        for (var pass = 0; pass < 3; pass++)
        {
            Assert.IsType<MappingOutcome.Served>(await host.Reconciler.RepairAsync(CancellationToken.None));
        }

        await File.WriteAllTextAsync(host.Haproxy.ConfigPath, host.File.Replace($"\nbackend phonehome_{refused}_map-{refused}_nodes\n  mode tcp\n", ""));
        Assert.IsType<MappingOutcome.Served>(await host.Reconciler.RepairAsync(CancellationToken.None));
        Assert.Contains($"bind 127.0.0.1:{refused}", host.File);
        Assert.All(host.Reconciler.Mappings, mapping => Assert.Null(mapping.HeldBecause));
        Assert.Equal([PhoneHomeEventKind.Quarantined, PhoneHomeEventKind.Released], (await watch.EndAsync()).Where(told => told.FrontendPort == refused && told.Kind != PhoneHomeEventKind.Refused).Select(told => told.Kind));
    }

    [Fact]
    public async Task Mapping_that_is_held_is_not_tried_again_while_nothing_has_changed_and_is_when_HAProxy_is_another_or_it_has_moved()
    {
        await using var host = await ReconcilerHost.StartAsync();
        var original = host.File;
        var (refused, other) = (Ports.Take(), Ports.Take());
        await AddAsync(host, refused);
        await AddAsync(host, other);
        await File.WriteAllTextAsync(host.Haproxy.ConfigPath, original + $"\nbackend phonehome_{refused}_map-{refused}_nodes\n  mode tcp\n");
        Assert.IsType<MappingOutcome.Served>(await host.Reconciler.RepairAsync(CancellationToken.None));
        Assert.Single(host.Reconciler.Mappings, mapping => mapping.HeldBecause is not null);
        Assert.Equal(0, await ChecksAsync(host, () => host.Reconciler.RepairAsync(CancellationToken.None)));

        await host.Haproxy.ReloadAsync();
        await host.Reconciler.RepairAsync(CancellationToken.None);
        Assert.NotEqual(0, await ChecksAsync(host, () => host.Reconciler.RepairAsync(CancellationToken.None)));
        Assert.Equal(0, await ChecksAsync(host, () => host.Reconciler.RepairAsync(CancellationToken.None)));
        Assert.NotEqual(0, await ChecksAsync(host, () => host.AddAsync(refused, "127.0.0.3")));
        Assert.NotNull(Assert.Single(host.Reconciler.Mappings, mapping => mapping.FrontendPort == refused).HeldBecause);

        // A goodbye is taken all the same: what is refused is not served.
        Assert.Equal(MappingChange.Removed, Assert.IsType<MappingOutcome.Served>(await host.DeleteAsync(refused)).Change);
        Assert.DoesNotContain(host.Reconciler.Mappings, mapping => mapping.FrontendPort == refused && mapping.Nodes.Count > 0);
        Assert.DoesNotContain($"bind 127.0.0.1:{refused}", host.File);
    }

    [Fact]
    public async Task Mapping_whose_port_was_taken_by_another_program_comes_again_with_the_next_pass_after_it_is_free()
    {
        await using var host = await ReconcilerHost.StartAsync();
        var original = host.File;
        var (taken, other) = (Ports.Take(), Ports.Take());
        await AddAsync(host, taken);
        await AddAsync(host, other);
        await File.WriteAllTextAsync(host.Haproxy.ConfigPath, original);
        await host.Haproxy.ReloadAsync();
        using (var foreign = new TcpListener(IPAddress.Loopback, taken))
        {
            foreign.Start();
            Assert.IsType<MappingOutcome.Served>(await host.Reconciler.RepairAsync(CancellationToken.None));
            Assert.Contains($"{taken}", Assert.Single(host.Reconciler.Mappings, mapping => mapping.FrontendPort == taken).HeldBecause);
            Assert.Null(Assert.Single(host.Reconciler.Mappings, mapping => mapping.FrontendPort == other).HeldBecause);
        }

        Assert.IsType<MappingOutcome.Served>(await host.Reconciler.RepairAsync(CancellationToken.None));
        Assert.All(host.Reconciler.Mappings, mapping => Assert.Null(mapping.HeldBecause));
        Assert.Contains($"bind 127.0.0.1:{taken}", host.File);
    }

    /// <summary>A goodbye always wins: whoever never had a port, or one pod of several, is told that it is gone, not that HAProxy refuses the mapping.</summary>
    [Fact]
    public async Task Goodbye_to_a_declared_port_that_another_program_has_taken_is_true_and_the_port_opens_once_it_is_free()
    {
        var port = Ports.Take();
        await using var host = await ReconcilerHost.StartAsync(isStarted: false, configure: options => options.DeclaredPorts.Add(new DeclaredPort { Port = port }));
        using (var foreign = new TcpListener(IPAddress.Loopback, port))
        {
            foreign.Start();
            await host.Reconciler.StartAsync(CancellationToken.None);
            Assert.Equal(ConflictReason.AnotherProgram, Assert.IsType<MappingOutcome.Conflict>(await host.AddAsync(port)).Reason);
            Assert.Equal(MappingChange.Absent, Assert.IsType<MappingOutcome.Served>(await host.DeleteAsync(port)).Change);
            Assert.IsType<MappingOutcome.Served>(await host.AddAsync(Ports.Take()));
        }

        Assert.Equal(MappingChange.Created, Assert.IsType<MappingOutcome.Served>(await host.AddAsync(port)).Change);
    }

    [Fact]
    public async Task Goodbye_of_one_pod_of_several_of_a_mapping_that_is_held_is_taken()
    {
        var port = Ports.Take();
        await using var host = await ReconcilerHost.StartAsync(isStarted: false, configure: options => options.DeclaredPorts.Add(new DeclaredPort { Port = port }));
        var original = host.File;
        await host.Reconciler.StartAsync(CancellationToken.None);
        Assert.IsType<MappingOutcome.Served>(await CallAsync(host, MappingAction.Add, port, "old"));
        Assert.IsType<MappingOutcome.Served>(await CallAsync(host, MappingAction.Add, port, "new"));
        await File.WriteAllTextAsync(host.Haproxy.ConfigPath, original);
        await host.Haproxy.ReloadAsync();
        using var foreign = new TcpListener(IPAddress.Loopback, port);
        foreign.Start();
        Assert.IsType<MappingOutcome.Conflict>(await CallAsync(host, MappingAction.Add, port, "new"));
        Assert.NotNull(Assert.Single(host.Reconciler.Mappings).HeldBecause);

        Assert.Equal(MappingChange.Unchanged, Assert.IsType<MappingOutcome.Served>(await CallAsync(host, MappingAction.Delete, port, "old")).Change);
        Assert.Equal(MappingChange.Absent, Assert.IsType<MappingOutcome.Served>(await CallAsync(host, MappingAction.Delete, port, "old")).Change);
        Assert.Equal(MappingChange.Removed, Assert.IsType<MappingOutcome.Served>(await CallAsync(host, MappingAction.Delete, port, "new")).Change);
        Assert.Equal(MappingChange.Absent, Assert.IsType<MappingOutcome.Served>(await CallAsync(host, MappingAction.Delete, port, "new")).Change);
        Assert.Empty(host.Reconciler.Mappings);
    }

    private static Task<MappingOutcome> CallAsync(ReconcilerHost host, MappingAction action, int port, string instance) =>
        host.Reconciler.SubmitAsync(ReconcilerHost.Command(action, port) with { Node = "w1", Instance = instance }, CancellationToken.None);

    private static async Task AddAsync(ReconcilerHost host, int port)
    {
        var answer = await host.AddAsync(port);
        Assert.True(answer is MappingOutcome.Served, answer is MappingOutcome.Refused refused ? string.Join('\n', refused.Diagnostics) : $"{answer}");
    }

    /// <summary>How often a pass asked HAProxy about a candidate and was refused, as the log of the deployer tells.</summary>
    private static async Task<int> ChecksAsync(ReconcilerHost host, Func<Task<MappingOutcome>> pass)
    {
        var before = host.Log.Lines.Count(line => line.Contains("Rejected", StringComparison.Ordinal));
        await pass();
        return host.Log.Lines.Count(line => line.Contains("Rejected", StringComparison.Ordinal)) - before;
    }

    /// <summary>Keeps what is told until it is asked.</summary>
    private sealed class EventWatch : IDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private readonly List<PhoneHomeEvent> _events = [];
        private readonly Task _reading;

        internal EventWatch(ReconcilerHost host) => _reading = ReadAsync(host.Reconciler.WatchAsync(null, _end.Token));

        public void Dispose() => _end.Dispose();

        internal async Task<IReadOnlyList<PhoneHomeEvent>> EndAsync()
        {
            await Eventually.TrueAsync(() => _events.Exists(told => told.Kind == PhoneHomeEventKind.Released), "somebody was released");
            await _end.CancelAsync();
            await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return _events;
        }

        private async Task ReadAsync(IAsyncEnumerable<PhoneHomeEvent> events)
        {
            await foreach (var told in events)
            {
                _events.Add(told);
            }
        }
    }
}
