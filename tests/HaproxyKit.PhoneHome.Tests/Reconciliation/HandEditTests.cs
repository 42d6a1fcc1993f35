using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using HaproxyKit.Control.Telemetry;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Reconciliation;
using HaproxyKit.PhoneHome.Tests.Support;
using HaproxyKit.Testing;

namespace HaproxyKit.PhoneHome.Tests.Reconciliation;

/// <summary>What somebody changes by hand in marked sections, before a real HAProxy.</summary>
[Collection(nameof(AloneCollection))]
public sealed class HandEditTests
{
    [Fact]
    public async Task Edit_is_told_once_and_repaired_by_the_next_pass_without_a_reload_where_HAProxy_has_not_loaded_it()
    {
        await using var host = await ReconcilerHost.StartAsync();
        var (edited, other) = (Ports.Take(), Ports.Take());
        await AddAsync(host, edited);
        await AddAsync(host, other);
        using var told = new Told(host);
        var (asWanted, reloads) = (host.File, await host.Haproxy.CountReloadsAsync());

        await EditAsync(host, edited, "timeout connect 5s", "timeout connect 7s");
        await RepairAsync(host);

        Assert.Equal(asWanted, host.File);
        Assert.Equal(reloads, await host.Haproxy.CountReloadsAsync());
        var happened = Assert.Single(await told.EventsAsync());
        Assert.Equal((edited, "team"), (happened.FrontendPort, happened.Owner));
        Assert.Equal("repaired", Assert.Single(told.Fates));
        Assert.Single(host.Log.Lines, line => line.Contains($"port {edited} were changed by hand", StringComparison.Ordinal));

        // The operator's own lines are nobody's business here.
        await File.AppendAllTextAsync(host.Haproxy.ConfigPath, "\n# a word of the operator's\n");
        await RepairAsync(host);
        Assert.EndsWith("# a word of the operator's\n", host.File, StringComparison.Ordinal);
        Assert.Single(await told.EventsAsync());

        // The very same edit again is another one.
        await EditAsync(host, edited, "timeout connect 5s", "timeout connect 7s");
        await host.Haproxy.ReloadAsync();
        await RepairAsync(host);
        Assert.DoesNotContain("timeout connect 7s", host.File);
        Assert.Equal(2, (await told.EventsAsync()).Count);
    }

    [Fact]
    public async Task Edit_that_is_respected_stays_until_its_mapping_changes_and_is_told_once()
    {
        await using var host = await ReconcilerHost.StartAsync(configure: options => options.HandEdits = HandEdits.Respect);
        var (edited, other, later) = (Ports.Take(), Ports.Take(), Ports.Take());
        await AddAsync(host, edited);
        await AddAsync(host, other);
        using var told = new Told(host);

        await EditAsync(host, edited, "timeout connect 5s", "timeout connect 7s");
        await host.Haproxy.ReloadAsync();
        var byHand = host.File;
        await RepairAsync(host);
        await AddAsync(host, edited);
        Assert.Equal(byHand, host.File);

        // Whatever else changes, and whoever has deployed since.
        await AddAsync(host, later);
        await AddAsync(host, other, "127.0.0.3");
        await RepairAsync(host);
        Assert.Contains("timeout connect 7s", host.File);
        Assert.Equal(edited, Assert.Single(await told.EventsAsync()).FrontendPort);
        Assert.Equal("respected", Assert.Single(told.Fates));

        await AddAsync(host, edited, "127.0.0.3");
        Assert.DoesNotContain("timeout connect 7s", host.File);
        await RepairAsync(host);
        Assert.DoesNotContain("timeout connect 7s", host.File);
        Assert.Single(await told.EventsAsync());
    }

    /// <summary>Another version has another comment in its sections: an upgrade is nobody's edit, and no reason for a reload.</summary>
    [Theory]
    [InlineData(HandEdits.Repair)]
    [InlineData(HandEdits.Respect)]
    public async Task Comment_of_another_version_is_no_edit_and_is_written_again_without_a_reload(HandEdits handEdits)
    {
        await using var host = await ReconcilerHost.StartAsync(configure: options => options.HandEdits = handEdits);
        await AddAsync(host, Ports.Take());
        using var told = new Told(host);
        var (asWanted, reloads) = (host.File, await host.Haproxy.CountReloadsAsync());
        var lastGood = Path.Combine(host.StatePath, "last-good");
        await Eventually.TrueAsync(() => File.Exists(lastGood) && File.ReadAllText(lastGood) == asWanted, "the copy of what is served");

        var older = Regex.Replace(asWanted, "# Written by HaproxyKit.*", "# Written by another version of HaproxyKit.");
        Assert.NotEqual(asWanted, older);
        await File.WriteAllTextAsync(lastGood, older);
        await File.WriteAllTextAsync(host.Haproxy.ConfigPath, older);
        await RepairAsync(host);

        Assert.Equal(asWanted, host.File);
        Assert.Equal(reloads, await host.Haproxy.CountReloadsAsync());
        Assert.Empty(await told.EventsAsync());
    }

    private static async Task AddAsync(ReconcilerHost host, int port, string address = "127.0.0.2") =>
        Assert.IsType<MappingOutcome.Served>(await host.AddAsync(port, address));

    private static async Task RepairAsync(ReconcilerHost host) =>
        Assert.IsType<MappingOutcome.Served>(await host.Reconciler.RepairAsync(CancellationToken.None));

    /// <summary>Changes a line of a mapping's backend.</summary>
    private static Task EditAsync(ReconcilerHost host, int port, string line, string byHand)
    {
        var text = host.File;
        var start = text.IndexOf($"backend phonehome_{port}_", StringComparison.Ordinal);
        var at = text.IndexOf(line, start, StringComparison.Ordinal);
        return File.WriteAllTextAsync(host.Haproxy.ConfigPath, text[..at] + byHand + text[(at + line.Length)..]);
    }

    /// <summary>What is told of edits by hand: events, and the counter.</summary>
    private sealed class Told : IDisposable
    {
        private readonly ReconcilerHost _host;
        private readonly MeterListener _listener = new();
        private readonly List<string?> _fates = [];
        private readonly long _start;

        internal Told(ReconcilerHost host)
        {
            _host = host;
            _start = LastSequenceAsync(host).GetAwaiter().GetResult();
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == ControlTelemetry.SourceName && instrument.Name == "haproxykit.mapping.hand_edits")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
            {
                lock (_fates)
                {
                    _fates.Add((string?)tags[0].Value);
                }
            });
            _listener.Start();
        }

        internal IReadOnlyList<string?> Fates
        {
            get
            {
                lock (_fates)
                {
                    return [.. _fates];
                }
            }
        }

        public void Dispose() => _listener.Dispose();

        internal async Task<IReadOnlyList<PhoneHomeEvent>> EventsAsync()
        {
            var all = await ReadAsync(_host, _start);
            return [.. all.Where(told => told.Kind == PhoneHomeEventKind.HandEdited)];
        }

        private static async Task<long> LastSequenceAsync(ReconcilerHost host) => (await ReadAsync(host, 0)).Select(told => told.Sequence).Max();

        /// <summary>What was told up to now.</summary>
        private static async Task<IReadOnlyList<PhoneHomeEvent>> ReadAsync(ReconcilerHost host, long after)
        {
            var events = new List<PhoneHomeEvent>();
            using var end = new CancellationTokenSource();
            await using var reader = host.Reconciler.WatchAsync(after, end.Token).GetAsyncEnumerator(end.Token);
            var next = reader.MoveNextAsync().AsTask();
            while (next.IsCompleted && await next)
            {
                events.Add(reader.Current);
                next = reader.MoveNextAsync().AsTask();
            }

            await end.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return events;
        }
    }
}
