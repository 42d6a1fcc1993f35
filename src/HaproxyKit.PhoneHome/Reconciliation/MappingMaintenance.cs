using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Runtime;
using HaproxyKit.PhoneHome.Contract;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>At an interval: repairs what somebody changed by hand in the file or at run time, and takes out nodes whose lease has lapsed.</summary>
public sealed partial class MappingMaintenance : BackgroundService
{
    private readonly MappingReconciler _reconciler;
    private readonly MappingStore _store;
    private readonly LeaseWatch _leases;
    private readonly LeaseBrake _brake;
    private readonly ClosedWatch _closed;
    private readonly RuntimeClient _runtime;
    private readonly PhoneHomeOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    internal MappingMaintenance(
        MappingReconciler reconciler, MappingStore store, RuntimeClient runtime, AlarmBoard alarms, IOptions<PhoneHomeOptions> options, TimeProvider time,
        ILogger<MappingMaintenance> logger)
    {
        (_reconciler, _store, _runtime, _options, _time, _logger) = (reconciler, store, runtime, options.Value, time, logger);
        _leases = new LeaseWatch(time);
        _brake = new LeaseBrake(alarms);
        _closed = new ClosedWatch(time, _options.ClosedFor);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.MaintenanceInterval, _time);
        do
        {
            try
            {
                await LookAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // A full disk, a state folder that is gone for a moment: the next look may find it mended, and nobody else would look.
                LogBrokenOff(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    /// <summary>One look at drift and leases.</summary>
    internal async Task LookAsync(CancellationToken stoppingToken)
    {
        var repair = await _reconciler.RepairAsync(stoppingToken).ConfigureAwait(false);
        if (repair is not MappingOutcome.Served)
        {
            LogNotRepaired(repair.GetType().Name);
        }

        var due = await FindDueAsync(stoppingToken).ConfigureAwait(false);
        foreach (var lapse in due)
        {
            LogLapsed(lapse.FrontendPort, lapse.Node ?? "-");
        }

        await Task.WhenAll(due.Select(lapse => _reconciler.SubmitAsync(lapse, stoppingToken))).ConfigureAwait(false);
        if (await AnyClosedForLongAsync(stoppingToken).ConfigureAwait(false))
        {
            await _reconciler.SubmitAsync(new MappingIntent.Sweep(), stoppingToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> AnyClosedForLongAsync(CancellationToken stoppingToken)
    {
        using var alone = await _store.LockAsync(stoppingToken).ConfigureAwait(false);
        return _closed.Look(_store.Load().All);
    }

    private async Task<IReadOnlyList<MappingIntent.Lapse>> FindDueAsync(CancellationToken stoppingToken)
    {
        DesiredMappings mappings;
        IReadOnlyList<MappingIntent.Lapse> silent;
        using (await _store.LockAsync(stoppingToken).ConfigureAwait(false))
        {
            mappings = _store.Load();
            silent = _leases.Look(mappings.All, _store.ReadCalls());
        }

        if (silent.Count == 0)
        {
            return _brake.Release(silent, mappings, _leases.Count, _leases.Silence, static (_, _) => NodeHealth.Unknown);
        }

        // Where HAProxy does not answer, nobody knows which node does, and none could be taken out: the next look tells.
        return await NodeHealths.ReadAsync(_runtime, stoppingToken).ConfigureAwait(false) is { } healths
            ? _brake.Release(silent, mappings, _leases.Count, _leases.Silence, healths.Of)
            : [];
    }

    [LoggerMessage(4101, LogLevel.Warning, "Port {Port}: node {Node} has not called for its lease and is taken out.")]
    private partial void LogLapsed(int port, string node);

    [LoggerMessage(4103, LogLevel.Error, "A look at leases and drift broke off; the next one begins anew.")]
    private partial void LogBrokenOff(Exception exception);

    [LoggerMessage(4102, LogLevel.Warning, "HAProxy and its file are not as wanted, and could not be made so: {Outcome}.")]
    private partial void LogNotRepaired(string outcome);
}
