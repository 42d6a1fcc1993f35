using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Control.Reloading;

/// <content>What is told of a reload when it is over.</content>
internal sealed partial class ReloadRun
{
    private async Task<ReloadResult> FailAsync(string why, CancellationToken cancellationToken)
    {
        var serves = await ResumesAsync(cancellationToken).ConfigureAwait(false);
        if (answer.Complaint is { } complaint && !string.Equals(complaint, why, StringComparison.Ordinal))
        {
            why = $"{why}; {complaint}";
        }

        var rest = serves ? $"the worker {before.WorkerPid} serves on"
            : HasMasterEnded ? "its workers end with it"
            : "the worker that served before does not answer as before";
        var after = await LookAfterAsync(cancellationToken).ConfigureAwait(false);
        return Result(new ReloadVerdict(null, $"{why}; {rest}", after)) with { StillServing = serves };
    }

    /// <summary>Waits until the old worker has all its frontends open again: it pauses them while a new one tries to bind.</summary>
    private async Task<bool> ResumesAsync(CancellationToken cancellationToken)
    {
        if (before.WorkerPid is not { } old || openBefore is null)
        {
            return false;
        }

        var since = time.GetTimestamp();
        while (!HasMasterEnded
            && time.GetElapsedTime(since) < options.ResumeTimeout
            && (!workerIsHere || MasterProcess.IsRunning(old)))
        {
            if (await watch.SeeRowsAsync(old, cancellationToken).ConfigureAwait(false) is { } rows
                && openBefore.IsSubsetOf(OpenFrontends.Of(rows)))
            {
                return true;
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }

        return false;
    }

    private async Task<WorkerSight?> LookAfterAsync(CancellationToken cancellationToken)
    {
        try
        {
            return HasMasterEnded ? null : await watch.SettleAsync(options.ResumeTimeout, cancellationToken).ConfigureAwait(false);
        }
        catch (RuntimeException e) when (e.IsTransient)
        {
            return null;
        }
    }

    private ReloadResult Result(ReloadVerdict verdict) => new()
    {
        Succeeded = verdict.Failure is null,
        OldWorkerPid = before.WorkerPid,
        NewWorkerPid = verdict.NewWorker,
        OldWorkers = verdict.After is { } seen ? OldWorkers(seen.Identity, seen.Processes) : null,
        PostponedFor = postponed,
        Frontends = verdict.Frontends ?? new Dictionary<string, string>(StringComparer.Ordinal),
        Worker = verdict.After?.Identity,
        Diagnostics = verdict.Failure is null ? [] : [Failed(verdict.Failure), .. Alerts()],
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
