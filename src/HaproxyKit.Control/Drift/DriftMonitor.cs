using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Control.Telemetry;
using HaproxyKit.Syntax;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace HaproxyKit.Control.Drift;

/// <summary>
/// Looks at an interval whether HAProxy still follows its file, and at once where somebody else has reloaded it; remembers since when
/// each difference is known. It tells, and repairs nothing.
/// </summary>
public sealed partial class DriftMonitor : BackgroundService
{
    private const string ByHand = "by-hand";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private static readonly ImmutableArray<DriftKind> Kinds = [.. Enum.GetValues<DriftKind>()];

    private readonly DriftDetector detector;
    private readonly WorkerWatch watch;
    private readonly DriftMonitorOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Func<CancellationToken, ValueTask<ConfigDocument?>> lastDeployed;
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly Lock gate = new();
    private readonly List<Channel<DriftReport>> listeners = [];
    private volatile DriftReport? current;

    /// <summary>A monitor for one file and the HAProxy that reads it.</summary>
    /// <param name="detector">What looks.</param>
    /// <param name="watch">The HAProxy.</param>
    /// <param name="lastDeployed">Tells what was last deployed, or null where that is not known; null where it never is.</param>
    /// <param name="options">How often; null for the defaults.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="logger">Where to tell what was found, or null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An interval is negative, or that of watching is not positive.</exception>
    public DriftMonitor(
        DriftDetector detector,
        WorkerWatch watch,
        Func<CancellationToken, ValueTask<ConfigDocument?>>? lastDeployed = null,
        DriftMonitorOptions? options = null,
        TimeProvider? time = null,
        ILogger<DriftMonitor>? logger = null)
    {
        this.detector = detector ?? throw new ArgumentNullException(nameof(detector));
        this.watch = watch ?? throw new ArgumentNullException(nameof(watch));
        this.lastDeployed = lastDeployed ?? (static _ => default);
        this.options = DriftMonitorOptions.Checked(options);
        this.time = time ?? TimeProvider.System;
        this.logger = logger ?? NullLogger<DriftMonitor>.Instance;
    }

    /// <summary>Whether a deployment of ours is on its way: then file and HAProxy differ, and are meant to.</summary>
    internal Func<bool> IsDeploying { get; init; } = static () => false;

    /// <summary>Which frontends our own deployments have closed although no line says so, or may have closed while one is on its way.</summary>
    internal Func<IReadOnlySet<string>> ClosedFrontends { get; init; } = static () => FrozenSet<string>.Empty;

    /// <summary>What was found last, or null where it was not looked yet.</summary>
    public DriftReport? Current => current;

    /// <summary>Looks now.</summary>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>What was found; each difference with the time since when it is known.</returns>
    public async Task<DriftReport> LookAsync(CancellationToken cancellationToken = default)
    {
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await WaitForDeploymentAsync(cancellationToken).ConfigureAwait(false);
            var wanted = await lastDeployed(cancellationToken).ConfigureAwait(false);
            var report = await detector.DetectAsync(wanted, ClosedIn, cancellationToken).ConfigureAwait(false);
            return Keep(report);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Tells each time when the differences have become others, from now on.</summary>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>The reports. Who reads slowly gets the last one, and not those between.</returns>
    public async IAsyncEnumerable<DriftReport> ChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateBounded<DriftReport>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (gate)
        {
            listeners.Add(channel);
        }

        try
        {
            await foreach (var report in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return report;
            }
        }
        finally
        {
            lock (gate)
            {
                listeners.Remove(channel);
            }
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        turn.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (options.Interval > TimeSpan.Zero)
        {
            await LookAsync(stoppingToken).ConfigureAwait(false);
            await WaitAsync(stoppingToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// What the file says of closed frontends is newer than what we have closed ourselves: another process may have opened them since. While
    /// a deployment of ours is on its way HAProxy may still be as before.
    /// </summary>
    private IReadOnlySet<string> ClosedIn(ConfigDocument document) => options.ClosedFrontends is not { } written ? ClosedFrontends()
        : !IsDeploying() ? written(document)
        : written(document).Union(ClosedFrontends(), StringComparer.Ordinal).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Waits while a deployment is on its way, but not for ever: the next may have begun already.</summary>
    private async Task WaitForDeploymentAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (IsDeploying() && time.GetElapsedTime(started) < Patience)
        {
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for the interval, or until another worker serves.</summary>
    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        var started = time.GetTimestamp();
        while (options.Interval - time.GetElapsedTime(started) is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(left < options.WatchInterval ? left : options.WatchInterval, time, stoppingToken).ConfigureAwait(false);
            if (await WorkerPidAsync(stoppingToken).ConfigureAwait(false) is { } pid && pid != current?.WorkerPid)
            {
                if (current?.WorkerPid is { } before && pid != watch.OwnWorkerPid)
                {
                    ControlTelemetry.RecordForeignReload(watch.Stats.Endpoint.Place);
                    LogForeignReload(before, pid);
                }

                return;
            }
        }
    }

    /// <summary>The worker that serves, or null where none answers or a reload of our own is on its way.</summary>
    private async Task<int?> WorkerPidAsync(CancellationToken cancellationToken)
    {
        try
        {
            var info = await watch.Stats.ShowInfoAsync(cancellationToken).ConfigureAwait(false);
            return info.IsStopping || watch.IsReloadingItself ? null : info.Pid;
        }
        catch (RuntimeException)
        {
            return null;
        }
    }

    private DriftReport Keep(DriftReport found)
    {
        var before = current;
        var known = before?.Items.ToLookup(item => (item.Kind, item.What));
        var report = known is null ? found : found with
        {
            Items = [.. found.Items.Select(item => known[(item.Kind, item.What)].FirstOrDefault() is { } old ? item with { Since = old.Since } : item)],
        };
        current = report;
        TellMetrics(report);
        if (!report.IsSameStateAs(before))
        {
            Tell(report, before);
        }

        return report;
    }

    private void TellMetrics(DriftReport report)
    {
        var place = watch.Stats.Endpoint.Place;
        foreach (var kind in Kinds)
        {
            ControlTelemetry.RecordDrift(NameOf(kind), place, report.Items.Count(item => item.Kind == kind && !item.IsByHand));
        }

        ControlTelemetry.RecordDrift(ByHand, place, report.Items.Count(item => item.IsByHand));
    }

    private void Tell(DriftReport report, DriftReport? before)
    {
        foreach (var item in report.Items.Where(item => before?.Items.Any(item.IsSame) != true))
        {
            if (item.IsByHand)
            {
                LogByHand(item);
            }
            else if (item.Kind == DriftKind.FileEdited)
            {
                LogEdited(item);
            }
            else
            {
                LogDrift(item);
            }
        }

        if (before is { HasDrift: true } && !report.HasDrift)
        {
            LogNoDrift();
        }

        lock (gate)
        {
            listeners.ForEach(listener => listener.Writer.TryWrite(report));
        }
    }

    private static string NameOf(DriftKind kind) => kind switch
    {
        DriftKind.FileUnreadable => "file-unreadable",
        DriftKind.FileEdited => "file-edited",
        DriftKind.ProxyMissing => "proxy-missing",
        DriftKind.ProxyUnexpected => "proxy-unexpected",
        DriftKind.FrontendClosed => "frontend-closed",
        DriftKind.FrontendOpen => "frontend-open",
        DriftKind.FrontendMaxConnections => "frontend-maxconn",
        DriftKind.ServerMissing => "server-missing",
        DriftKind.ServerUnexpected => "server-unexpected",
        DriftKind.ServerAddress => "server-address",
        DriftKind.ServerWeight => "server-weight",
        DriftKind.ServerState => "server-state",
        _ => "server-maxconn",
    };
}
