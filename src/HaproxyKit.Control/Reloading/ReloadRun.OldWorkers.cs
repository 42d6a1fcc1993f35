using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Reloading;

/// <content>Workers of earlier configurations: they delay a reload, and are told of.</content>
internal sealed partial class ReloadRun
{
    /// <summary>Waits while there are too many workers of earlier configurations, but not for ever.</summary>
    private async Task PostponeAsync(CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        var isPostponed = false;
        while (OldWorkers(before, await watch.SeeProcessesAsync(cancellationToken).ConfigureAwait(false))?.Count > options.MaxOldWorkers
            && time.GetElapsedTime(since) < options.PostponementTimeout)
        {
            isPostponed = true;
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }

        if (isPostponed)
        {
            postponed = time.GetElapsedTime(since);

            // Somebody else may have reloaded HAProxy meanwhile.
            openBefore = null;
            await LookBeforeAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<ReloadResult> AwaitOldWorkersAsync(ReloadVerdict verdict, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        var result = Result(verdict);
        while (result is { Succeeded: true, OldWorkers.Count: > 0 } && time.GetElapsedTime(since) < options.OldWorkersTimeout)
        {
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            if (await LookAfterAsync(cancellationToken).ConfigureAwait(false) is { } after)
            {
                result = Result(verdict with { After = after });
            }
        }

        return result;
    }

    private IReadOnlyList<OldWorker>? OldWorkers(WorkerIdentity serving, ProcessList? processes)
    {
        var now = time.GetUtcNow();
        var old = processes is not null
            ? processes.OldWorkers.Where(w => w.Pid != serving.WorkerPid).Select(w => new OldWorker(w.Pid, now - w.Uptime, w.Reloads))
            : serving is { MasterPid: { } master, WorkerPid: { } worker } ? MasterProcess.OldWorkersOf(master, worker, now) : null;
        return old is null ? null : [.. old.OrderBy(w => w.StartedAt)];
    }
}
