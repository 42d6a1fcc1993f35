using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Reloading;

/// <summary>Sees which worker of a HAProxy serves, so that a reload by somebody else does not go unnoticed.</summary>
/// <remarks>
/// Read the identity before the configuration is written and again after the last command has been read back. Where both are
/// equal and neither is reloading, the commands have reached the worker that serves, and any later reload reads what was
/// written. Otherwise wait until HAProxy is settled, and compare its state again. Safe for use by several threads at once.
/// </remarks>
/// <param name="stats">The worker's stats socket.</param>
/// <param name="master">
/// The master's socket. Without it a reload that is loading is noticed only where HAProxy's processes can be seen in /proc,
/// and a reload that failed is not counted.
/// </param>
/// <param name="time">The clock for time limits; null for the system's.</param>
public sealed class WorkerWatch(RuntimeClient stats, MasterClient? master = null, TimeProvider? time = null)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly TimeProvider time = time ?? TimeProvider.System;
    private readonly MasterSocketGuard guard = new(stats);
    private int ownWorkerPid;
    private int ownReloads;

    /// <summary>The worker's stats socket.</summary>
    public RuntimeClient Stats { get; } = stats ?? throw new ArgumentNullException(nameof(stats));

    /// <summary>The master's socket, or null where it is not watched.</summary>
    public MasterClient? Master { get; } = master;

    /// <summary>
    /// Whether the master can be asked: there is one, and opening its socket does not end it, as it may from 3.3 on after its files
    /// were torn. Where it cannot be, what the kernel shows of it has to do.
    /// </summary>
    internal bool AsksMaster => Master is not null && !guard.IsShut;

    /// <summary>Reads which worker serves now.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The identity.</returns>
    /// <exception cref="RuntimeException">Neither worker nor master can be asked.</exception>
    public async Task<WorkerIdentity> ReadAsync(CancellationToken cancellationToken = default) =>
        (await SeeAsync(cancellationToken).ConfigureAwait(false)).Identity;

    /// <summary>Reads whether the worker that has just told of itself on the stats socket is the one that serves.</summary>
    /// <param name="info">What it told.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Its identity; <see cref="WorkerIdentity.IsReloading"/> where it serves no more, or that cannot be told now.</returns>
    /// <exception cref="RuntimeException">The master's socket refuses us for good.</exception>
    internal async Task<WorkerIdentity> IdentifyAsync(RuntimeInfo info, CancellationToken cancellationToken)
    {
        guard.Note(info);
        return IdentityOf(info, await SeeProcessesAsync(cancellationToken).ConfigureAwait(false), onStats: true);
    }

    /// <summary>Reads which workers of earlier configurations still have sessions.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The workers, oldest first; null where there is no master to ask, or it must not be asked.</returns>
    /// <exception cref="RuntimeException">Neither worker nor master can be asked.</exception>
    public async Task<IReadOnlyList<OldWorker>?> ReadOldWorkersAsync(CancellationToken cancellationToken = default)
    {
        var seen = await SeeAsync(cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow();
        return seen.Processes is { } processes
            ? [.. processes.OldWorkers.Where(old => old.Pid != seen.Identity.WorkerPid).Select(old => new OldWorker(old.Pid, now - old.Uptime, old.Reloads)).OrderBy(old => old.StartedAt)]
            : null;
    }

    /// <summary>Waits while a reload is loading, and while nobody answers.</summary>
    /// <param name="limit">How long to wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The identity of the worker that serves then; it is not reloading.</returns>
    /// <exception cref="RuntimeException">
    /// HAProxy is not settled in time (<see cref="RuntimeFault.TimedOut"/>), or a socket refuses us for good.
    /// </exception>
    public async Task<WorkerIdentity> WaitUntilSettledAsync(TimeSpan limit, CancellationToken cancellationToken = default) =>
        (await SettleAsync(limit, cancellationToken).ConfigureAwait(false)).Identity;

    internal async Task<WorkerSight> SettleAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            RuntimeException? why = null;
            try
            {
                var seen = await SeeAsync(cancellationToken).ConfigureAwait(false);
                if (!seen.Identity.IsReloading)
                {
                    return seen;
                }
            }
            catch (RuntimeException e) when (e.IsTransient)
            {
                why = e;
            }

            if (time.GetElapsedTime(started) >= limit)
            {
                throw new RuntimeException(
                    RuntimeFault.TimedOut,
                    $"HAProxy at {(Master?.Endpoint ?? Stats.Endpoint)} is not settled after {limit.TotalSeconds:0.###} s: "
                    + (why?.Message ?? "a reload is loading, or its master does not answer"),
                    why);
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The worker that our own last reload brought; null where there was none, or it brought none.</summary>
    internal int? OwnWorkerPid => Volatile.Read(ref ownWorkerPid) is var pid and > 0 ? pid : null;

    /// <summary>Whether a reload of our own is on its way: then it is not known yet whose worker it is that comes.</summary>
    internal bool IsReloadingItself => Volatile.Read(ref ownReloads) > 0;

    /// <summary>Notes that a reload of our own begins.</summary>
    internal void BeginOwnReload() => Interlocked.Increment(ref ownReloads);

    /// <summary>Notes the worker that a reload of ours has brought, so that one that somebody else's has brought is told from it.</summary>
    internal void NoteOwnWorker(int? workerPid) => Volatile.Write(ref ownWorkerPid, workerPid ?? 0);

    /// <summary>Notes that a reload of our own is over.</summary>
    internal void EndOwnReload() => Interlocked.Decrement(ref ownReloads);

    /// <summary>Judges anew whether the master can be asked, which is not to be taken for granted for long.</summary>
    internal async ValueTask<bool> MayAskMasterAsync(CancellationToken cancellationToken) =>
        Master is not null && await guard.MayOpenAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Asks one worker, an old one too, by way of the master.</summary>
    /// <returns>The answers, or null where the worker does not answer now, or the master must not be asked or there is none.</returns>
    internal async Task<IReadOnlyList<string>?> AskWorkerAsync(
        int workerPid, IReadOnlyList<RuntimeCommand> commands, CancellationToken cancellationToken)
    {
        try
        {
            return await MayAskMasterAsync(cancellationToken).ConfigureAwait(false)
                ? await Master!.SendToWorkerAsync(workerPid, commands, cancellationToken).ConfigureAwait(false)
                : null;
        }
        catch (RuntimeException e) when (e.IsTransient)
        {
            return null;
        }
    }

    /// <summary>Asks the master for its processes; null where there is none, or it does not answer now, or must not be asked.</summary>
    internal async Task<ProcessList?> SeeProcessesAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await MayAskMasterAsync(cancellationToken).ConfigureAwait(false)
                ? await Master!.AskForProcessesAsync(cancellationToken).ConfigureAwait(false)
                : null;
        }
        catch (RuntimeException e) when (e.IsTransient)
        {
            return null;
        }
    }

    /// <summary>Looks at one worker's rows, on the stats socket or, where that is not its own, by way of the master.</summary>
    /// <returns>The rows, or null where that worker does not answer now.</returns>
    internal async Task<IReadOnlyList<StatRow>?> SeeRowsAsync(int workerPid, CancellationToken cancellationToken)
    {
        try
        {
            var (info, rows) = await Stats.ShowWorkerAsync(cancellationToken).ConfigureAwait(false);
            if (info.Pid == workerPid)
            {
                return rows;
            }
        }
        catch (RuntimeException e) when (e.IsTransient)
        {
            // It may still be asked by way of the master.
        }

        return (await SeeByMasterAsync(workerPid, cancellationToken).ConfigureAwait(false))?.Rows;
    }

    private async Task<WorkerSight> SeeAsync(CancellationToken cancellationToken)
    {
        var processes = await SeeProcessesAsync(cancellationToken).ConfigureAwait(false);
        RuntimeInfo? info;
        var onStats = true;
        try
        {
            info = await Stats.ShowInfoAsync(cancellationToken).ConfigureAwait(false);
            guard.Note(info);
        }
        catch (RuntimeException e) when (e.IsTransient && processes is not null)
        {
            onStats = false;
            info = await SeeAnyByMasterAsync(processes, cancellationToken).ConfigureAwait(false);
        }

        return new WorkerSight(IdentityOf(info, processes, onStats), processes);
    }

    private WorkerIdentity IdentityOf(RuntimeInfo? info, ProcessList? processes, bool onStats)
    {
        var masterPid = processes?.Master.Pid ?? (info is null ? null : MasterProcess.Of(info.Pid));
        var isReloading = info is null or { IsStopping: true }
            || (!AsksMaster
                ? masterPid is { } local && !MasterProcess.TakesReload(local)
                : processes is null || !Serves(processes, info.Pid));
        return new WorkerIdentity(info?.Pid, info?.StartedAt, masterPid, processes?.Master.Reloads, isReloading, onStats);
    }

    /// <summary>
    /// Whether a worker is the one that the master counts on. From 3.1 on a worker that is still loading is the current one,
    /// and there is no current one after a reload that failed.
    /// </summary>
    private static bool Serves(ProcessList processes, int workerPid) => processes.Workers.Count > 0
        ? processes.Workers.Any(w => w.Pid == workerPid)
        : processes.OldWorkers.Any(w => w.Pid == workerPid);

    private async Task<RuntimeInfo?> SeeAnyByMasterAsync(ProcessList processes, CancellationToken cancellationToken)
    {
        // The newest first: it has lived through the fewest reloads.
        foreach (var worker in processes.Workers.Concat(processes.OldWorkers.OrderBy(w => w.Reloads)))
        {
            if (await SeeByMasterAsync(worker.Pid, cancellationToken).ConfigureAwait(false) is { } seen)
            {
                return seen.Info;
            }
        }

        return null;
    }

    private async Task<(RuntimeInfo Info, IReadOnlyList<StatRow> Rows)?> SeeByMasterAsync(
        int workerPid, CancellationToken cancellationToken) =>
        await AskWorkerAsync(workerPid, RuntimeClient.InfoAndStat, cancellationToken).ConfigureAwait(false) is { } answers
            ? RuntimeClient.ReadWorker(answers)
            : null;
}
