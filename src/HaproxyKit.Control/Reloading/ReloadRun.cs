using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Control.Reloading;

/// <summary>One reload from beginning to end, whatever the way in which HAProxy is asked for it: this is where it is proved.</summary>
/// <param name="watch">The HAProxy.</param>
/// <param name="options">The limits.</param>
/// <param name="time">The clock.</param>
/// <param name="expectation">What the new worker must have.</param>
internal sealed class ReloadRun(WorkerWatch watch, ReloaderOptions options, TimeProvider time, ReloadExpectation expectation)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan QuietLimit = TimeSpan.FromSeconds(2);

    private readonly long started = time.GetTimestamp();
    private WorkerIdentity before;
    private HashSet<string>? openBefore;
    private MasterReloadAnswer answer = new(null, "");
    private bool masterIsHere;
    private bool workerIsHere;

    internal async Task<ReloadResult> RunAsync(
        Func<WorkerIdentity, CancellationToken, Task<MasterReloadAnswer>> trigger, CancellationToken cancellationToken)
    {
        await LookBeforeAsync(cancellationToken).ConfigureAwait(false);
        answer = await trigger(before, cancellationToken).ConfigureAwait(false);

        var asked = time.GetTimestamp();
        var quietSince = asked;
        var askedAgain = false;
        while (time.GetElapsedTime(asked) < options.Timeout)
        {
            if (await SeeNewWorkerAsync(cancellationToken).ConfigureAwait(false) is { } worker
                && await JudgeAsync(worker, cancellationToken).ConfigureAwait(false) is { } judged)
            {
                return judged;
            }

            var processes = await watch.SeeProcessesAsync(cancellationToken).ConfigureAwait(false);
            if (WhyFailed(processes) is { } why)
            {
                return await FailAsync(why, cancellationToken).ConfigureAwait(false);
            }

            if (IsLoading(processes))
            {
                quietSince = time.GetTimestamp();
            }
            else if (time.GetElapsedTime(quietSince) >= QuietLimit)
            {
                // A master that counts its reloads has not heard us; without its count this is how a failure looks.
                if (watch.Master is null || askedAgain)
                {
                    return await FailAsync("HAProxy has loaded nothing", cancellationToken).ConfigureAwait(false);
                }

                askedAgain = true;
                quietSince = time.GetTimestamp();
                answer = await trigger(before, cancellationToken).ConfigureAwait(false);
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }

        return await FailAsync(
            $"no other worker answers at {watch.Stats.Endpoint} after {options.Timeout.TotalSeconds:0.###} s",
            cancellationToken).ConfigureAwait(false);
    }

    private async Task LookBeforeAsync(CancellationToken cancellationToken)
    {
        while (openBefore is null)
        {
            try
            {
                before = await watch.WaitUntilSettledAsync(options.Timeout, cancellationToken).ConfigureAwait(false);
            }
            catch (RuntimeException e) when (watch.Master is null && e.IsTransient)
            {
                // A reload that failed may have left the worker without its socket, and only another one brings it back.
                return;
            }

            openBefore = await watch.SeeRowsAsync(before.WorkerPid!.Value, cancellationToken).ConfigureAwait(false) is { } rows
                ? OpenFrontends.Of(rows)
                : null;
        }

        masterIsHere = MasterProcess.IsRunning(before.MasterPid);
        workerIsHere = MasterProcess.IsRunning(before.WorkerPid);
    }

    /// <summary>
    /// Whether HAProxy is at work, or may be: a failure that no master's socket tells of shows in that it is not, for long, and
    /// no other worker has come.
    /// </summary>
    private bool IsLoading(ProcessList? processes) => watch.Master is null
        ? !masterIsHere || !MasterProcess.TakesReload(before.MasterPid!.Value)
        : processes is null || processes.Master.Reloads != before.MasterReloads || answer.Succeeded == true;

    /// <returns>The process id of a worker that answers on the stats socket and did not serve before, or null.</returns>
    private async Task<int?> SeeNewWorkerAsync(CancellationToken cancellationToken)
    {
        try
        {
            var info = await watch.Stats.ShowInfoAsync(cancellationToken).ConfigureAwait(false);
            var isOld = info.Pid == before.WorkerPid && info.StartedAt == before.WorkerStartedAt;
            return isOld || info.IsStopping ? null : info.Pid;
        }
        catch (RuntimeException e) when (e.IsTransient)
        {
            return null;
        }
    }

    /// <returns>The result, or null where the worker does not answer any more: another reload has come in between.</returns>
    private async Task<ReloadResult?> JudgeAsync(int worker, CancellationToken cancellationToken)
    {
        if (await watch.SeeRowsAsync(worker, cancellationToken).ConfigureAwait(false) is not { } rows)
        {
            return null;
        }

        var unmet = expectation.Unmet(rows);
        if (unmet.Count > 0)
        {
            return Result(worker, false) with
            {
                Worker = (await LookAfterAsync(cancellationToken).ConfigureAwait(false))?.Identity,
                Diagnostics = [Failed($"the new worker {worker} does not serve the configuration: {string.Join("; ", unmet)}")],
            };
        }

        // A master that has not answered since loses the next signal; so this waits for it.
        var after = await LookAfterAsync(cancellationToken).ConfigureAwait(false);
        return after is { } seen && seen.Identity.WorkerPid != worker
            ? null
            : Result(worker, true) with { Worker = after?.Identity, OldWorkers = after?.Processes?.OldWorkers.Count };
    }

    private string? WhyFailed(ProcessList? processes)
    {
        // Up to 3.0 a master does not answer while it loads; later ones show the worker that loads as the current one.
        var counted = processes is { FailedReloads: > 0 }
            && processes.Master.Reloads > before.MasterReloads
            && processes.Workers.All(w => w.Pid == before.WorkerPid);
        return counted || answer.Succeeded == false ? "HAProxy could not load the configuration"
            : masterIsHere && !MasterProcess.IsRunning(before.MasterPid) ? "HAProxy's master has ended"
            : null;
    }

    private async Task<ReloadResult> FailAsync(string why, CancellationToken cancellationToken)
    {
        var serves = await ResumesAsync(cancellationToken).ConfigureAwait(false);
        var rest = serves ? $"the worker {before.WorkerPid} serves on" : "the worker that served before does not answer as before";
        return Result(null, false) with
        {
            StillServing = serves,
            Worker = (await LookAfterAsync(cancellationToken).ConfigureAwait(false))?.Identity,
            Diagnostics = [Failed($"{why}; {rest}"), .. Alerts()],
        };
    }

    /// <summary>Waits until the old worker has all its frontends open again: it pauses them while a new one tries to bind.</summary>
    private async Task<bool> ResumesAsync(CancellationToken cancellationToken)
    {
        if (before.WorkerPid is not { } old || openBefore is null)
        {
            return false;
        }

        var since = time.GetTimestamp();
        do
        {
            if (await watch.SeeRowsAsync(old, cancellationToken).ConfigureAwait(false) is { } rows
                && openBefore.IsSubsetOf(OpenFrontends.Of(rows)))
            {
                return true;
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
        while (time.GetElapsedTime(since) < options.ResumeTimeout && (!workerIsHere || MasterProcess.IsRunning(old)));

        return false;
    }

    private async Task<WorkerSight?> LookAfterAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await watch.SettleAsync(options.ResumeTimeout, cancellationToken).ConfigureAwait(false);
        }
        catch (RuntimeException e) when (e.IsTransient)
        {
            return null;
        }
    }

    private ReloadResult Result(int? newWorker, bool succeeded) => new()
    {
        Succeeded = succeeded,
        OldWorkerPid = before.WorkerPid,
        NewWorkerPid = newWorker,
        StartupLogs = answer.StartupLogs,
        Duration = time.GetElapsedTime(started),
    };

    /// <summary>What HAProxy said was wrong; its warnings are about processes that come and go.</summary>
    private IEnumerable<Diagnostic> Alerts() =>
        HaproxyMessages.Parse(answer.StartupLogs).Where(d => d.Severity == DiagnosticSeverity.Error);

    private Diagnostic Failed(string message) => new()
    {
        Id = DiagnosticIds.ReloadFailed,
        Severity = DiagnosticSeverity.Error,
        Message = $"The reload failed: {message}",
        Hint = answer.StartupLogs.Length == 0 ? "HAProxy did not say why; its own log does" : null,
    };
}
