using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Reloading;

/// <summary>One reload from beginning to end, whatever the way in which HAProxy is asked for it: this is where it is proved.</summary>
/// <param name="watch">The HAProxy.</param>
/// <param name="options">The limits.</param>
/// <param name="time">The clock.</param>
/// <param name="strategy">The way in which HAProxy is asked, for metrics.</param>
/// <param name="expectation">What the new worker must have.</param>
internal sealed partial class ReloadRun(
    WorkerWatch watch, ReloaderOptions options, TimeProvider time, ReloadStrategy strategy, ReloadExpectation expectation)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan QuietLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ComplaintLimit = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(1);

    private readonly long started = time.GetTimestamp();
    private WorkerIdentity before;
    private HashSet<string>? openBefore;
    private ReloadAnswer answer = ReloadAnswer.None;
    private HaproxyInvocation? invocation;
    private IReadOnlySet<string> listeners = new HashSet<string>(StringComparer.Ordinal);
    private TimeSpan postponed;
    private int? ended;
    private long endedAt;
    private bool wasAsked;
    private bool masterIsHere;
    private bool workerIsHere;

    /// <param name="trigger">
    /// Asks HAProxy to reload, given the worker that serves, and tells what HAProxy says; throws where it could not be asked.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal Task<ReloadResult> RunAsync(
        Func<WorkerIdentity, CancellationToken, Task<ReloadAnswer>> trigger, CancellationToken cancellationToken) =>
        MeasuredAsync(() => ReloadAsync(trigger, cancellationToken));

    private async Task<ReloadResult> ReloadAsync(
        Func<WorkerIdentity, CancellationToken, Task<ReloadAnswer>> trigger, CancellationToken cancellationToken)
    {
        await LookBeforeAsync(cancellationToken).ConfigureAwait(false);
        await PostponeAsync(cancellationToken).ConfigureAwait(false);
        if (ReadFiles() is { Problem: { } problem })
        {
            return await NotAskedAsync(problem, cancellationToken).ConfigureAwait(false);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        wasAsked = true;
        watch.BeginOwnReload();
        var asking = trigger(before, stop.Token);
        try
        {
            var verdict = await WatchAsync(asking, cancellationToken).ConfigureAwait(false);
            await HearAsync(asking, cancellationToken).ConfigureAwait(false);
            watch.NoteOwnWorker(verdict.NewWorker);
            return verdict.NewWorker is null
                ? await FailAsync(verdict.Failure!, cancellationToken).ConfigureAwait(false)
                : await AwaitOldWorkersAsync(verdict, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            watch.EndOwnReload();
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)asking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Watches until a new worker serves or the reload has failed.</summary>
    private async Task<ReloadVerdict> WatchAsync(Task<ReloadAnswer> asking, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        var quietSince = asked;
        while (time.GetElapsedTime(asked) < options.Timeout)
        {
            if (asking.IsCompleted)
            {
                answer = await asking.ConfigureAwait(false);
            }

            if (await SeeNewWorkerAsync(cancellationToken).ConfigureAwait(false) is { } worker
                && await JudgeAsync(worker, cancellationToken).ConfigureAwait(false) is { } verdict)
            {
                return verdict;
            }

            var processes = await watch.SeeProcessesAsync(cancellationToken).ConfigureAwait(false);
            if (WhyFailed(processes) is { } why)
            {
                return new ReloadVerdict(null, why, null);
            }

            if (ended is { } gone && time.GetElapsedTime(endedAt) >= QuietLimit)
            {
                return new ReloadVerdict(null, $"the new worker {gone} has ended at once", null);
            }

            if (!asking.IsCompleted || IsLoading(processes))
            {
                quietSince = time.GetTimestamp();
            }
            else if (time.GetElapsedTime(quietSince) >= (answer.Complaint is null ? QuietLimit : ComplaintLimit))
            {
                return new ReloadVerdict(null, answer.Complaint ?? "HAProxy has loaded nothing", null);
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }

        return new ReloadVerdict(
            null, $"no other worker answers at {watch.Stats.Endpoint} after {options.Timeout.TotalSeconds:0.###} s", null);
    }

    /// <summary>
    /// Waits a little for what HAProxy says, once it is known what it did: of two that ask at the same moment, 3.0 answers one.
    /// </summary>
    private async Task HearAsync(Task<ReloadAnswer> asking, CancellationToken cancellationToken)
    {
        try
        {
            answer = await asking.WaitAsync(AnswerLimit, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or RuntimeException)
        {
            // What it did is known all the same.
        }
    }

    private async Task LookBeforeAsync(CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (openBefore is null)
        {
            if (time.GetElapsedTime(since) >= options.Timeout)
            {
                throw new RuntimeException(
                    RuntimeFault.TimedOut, $"HAProxy at {watch.Stats.Endpoint} does not show what it serves");
            }

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
    private bool IsLoading(ProcessList? processes) => !watch.AsksMaster
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

    /// <returns>The verdict, or null where that worker does not serve any more: another reload has come in between.</returns>
    private async Task<ReloadVerdict?> JudgeAsync(int worker, CancellationToken cancellationToken)
    {
        var isHere = MasterProcess.IsRunning(worker);
        var since = time.GetTimestamp();
        IReadOnlyDictionary<string, string> statuses;
        do
        {
            if (await watch.SeeRowsAsync(worker, cancellationToken).ConfigureAwait(false) is not { } rows)
            {
                // Its successor may have come already, or there is none.
                ended = isHere && !MasterProcess.IsRunning(worker) ? worker : null;
                endedAt = time.GetTimestamp();
                return null;
            }

            statuses = OpenFrontends.StatusesOf(rows);
            if (time.GetElapsedTime(since) >= options.ProofTime)
            {
                break;
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
        while (true);

        // A master that has not answered since loses the next signal; so this waits for it.
        var after = await LookAfterAsync(cancellationToken).ConfigureAwait(false);
        if (after is { } seen && seen.Identity.WorkerPid != worker)
        {
            return null;
        }

        var unmet = Unmet(statuses);
        var failure = unmet.Count == 0
            ? null
            : $"the new worker {worker} does not serve the configuration: {string.Join("; ", unmet)}";
        return new ReloadVerdict(worker, failure, after, statuses);
    }

    private string? WhyFailed(ProcessList? processes)
    {
        // Up to 3.0 a master does not answer while it loads; later ones show the worker that loads as the current one.
        var counted = processes is { FailedReloads: > 0 }
            && processes.Master.Reloads > before.MasterReloads
            && processes.Workers.All(w => w.Pid == before.WorkerPid);
        return counted || answer.Succeeded == false ? "HAProxy could not load the configuration"
            : HasMasterEnded ? "HAProxy's master has ended"
            : null;
    }

    private bool HasMasterEnded => masterIsHere && !MasterProcess.IsRunning(before.MasterPid);
}
