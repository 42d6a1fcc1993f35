using HaproxyKit.Control.Planning.Steps;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Deployment;

/// <summary>Drains one server and deletes it. It may be held up between two commands, and go on later.</summary>
internal sealed class DrainageRun(RemoveServer step, RuntimeClient runtime, WorkerWatch watch, TimeProvider time)
{
    private const string All = "-1";

    /// <summary>How long HAProxy is asked again to delete a server whose last sessions are just ending.</summary>
    private static readonly TimeSpan DeletionLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);
    private static readonly RuntimeCommand Info = RuntimeCommand.Of("show", "info");

    private readonly RuntimeCommand _rows = RuntimeCommand.Of("show", "stat", step.Backend, All, All);
    private readonly long _started = time.GetTimestamp();
    private (int Pid, long? StartedAt)? _worker;
    private int _workerPid;
    private long _sessionsEnded;

    /// <summary>The worker in which the server drains; null before it was seen.</summary>
    internal int? WorkerPid => Volatile.Read(ref _workerPid) is var pid and > 0 ? pid : null;

    /// <param name="held">Holds the drainage up.</param>
    /// <returns>How it ended, or null where it is held up.</returns>
    internal async Task<DrainageResult?> RunAsync(CancellationToken held)
    {
        try
        {
            var ending = await DrainAsync(held).ConfigureAwait(false) ?? await DeleteAsync(held).ConfigureAwait(false);
            return Ended(ending, ending == DrainageEnding.Failed ? "HAProxy does not delete it" : "");
        }
        catch (OperationCanceledException) when (held.IsCancellationRequested)
        {
            return null;
        }
        catch (RuntimeException e)
        {
            return Ended(DrainageEnding.Failed, e.Message);
        }
    }

    /// <summary>Goes on with what was held up: the server may have been put back into service meanwhile.</summary>
    internal async Task<DrainageResult?> ResumeAsync(CancellationToken held)
    {
        try
        {
            if ((await LookAsync().ConfigureAwait(false)).IsSameWorker)
            {
                await runtime.SetServerModeAsync(step.Backend, step.Server, ServerMode.Drain, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (RuntimeException e)
        {
            return Ended(DrainageEnding.Failed, e.Message);
        }

        return await RunAsync(held).ConfigureAwait(false);
    }

    /// <summary>What became of the server, with what is known up to now.</summary>
    internal DrainageResult Ended(DrainageEnding ending, string message) =>
        new(ending, ending == DrainageEnding.Deleted ? _sessionsEnded : 0, time.GetElapsedTime(_started), message);

    /// <summary>Waits until no worker has a session of the server, or its grace is over.</summary>
    /// <returns>How it ended early, or null.</returns>
    private async Task<DrainageEnding?> DrainAsync(CancellationToken held)
    {
        for (var pause = FirstPause; ; pause = pause < LongestPause ? pause * 2 : LongestPause)
        {
            var (isSameWorker, sessions) = await LookAsync().ConfigureAwait(false);
            if (!isSameWorker)
            {
                return DrainageEnding.Reloaded;
            }

            if (sessions is null)
            {
                return DrainageEnding.Deleted;
            }

            var inOld = sessions == 0 ? await CountInOldWorkersAsync().ConfigureAwait(false) : 0;
            if (sessions + inOld == 0)
            {
                return null;
            }

            var left = step.Grace - time.GetElapsedTime(_started);
            if (left <= TimeSpan.Zero)
            {
                _sessionsEnded = sessions.Value + (sessions == 0 ? inOld : await CountInOldWorkersAsync().ConfigureAwait(false));
                return null;
            }

            await Task.Delay(pause < left ? pause : left, time, held).ConfigureAwait(false);
        }
    }

    private async Task<DrainageEnding> DeleteAsync(CancellationToken held)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            held.ThrowIfCancellationRequested();
            await runtime.SetServerModeAsync(step.Backend, step.Server, ServerMode.Maintenance, CancellationToken.None).ConfigureAwait(false);
            if (_sessionsEnded > 0)
            {
                await EndSessionsAsync().ConfigureAwait(false);
            }

            var deleted = await runtime.DeleteServerAsync(step.Backend, step.Server, CancellationToken.None).ConfigureAwait(false);
            if (deleted.IsSuccess || deleted.Outcome == RuntimeOutcome.NotFound)
            {
                return DrainageEnding.Deleted;
            }

            var (isSameWorker, sessions) = await LookAsync().ConfigureAwait(false);
            if (!isSameWorker || sessions is null)
            {
                return isSameWorker ? DrainageEnding.Deleted : DrainageEnding.Reloaded;
            }

            if (time.GetElapsedTime(since) >= DeletionLimit)
            {
                return DrainageEnding.Failed;
            }

            await Task.Delay(FirstPause, time, held).ConfigureAwait(false);
        }
    }

    private async Task EndSessionsAsync()
    {
        await runtime.ShutdownServerSessionsAsync(step.Backend, step.Server, CancellationToken.None).ConfigureAwait(false);
        foreach (var old in await SeeOldWorkersAsync().ConfigureAwait(false))
        {
            // An old worker takes no command about a server of a proxy that it has closed, only about the sessions themselves.
            var sessions = await AskAsync(old, RuntimeCommand.Of("show", "sess")).ConfigureAwait(false) ?? "";
            foreach (var line in sessions.Split('\n').Where(line => IsOfServer(line.Split(' '))))
            {
                await AskAsync(old, RuntimeCommand.Of("shutdown", "session", line[..line.IndexOf(':', StringComparison.Ordinal)])).ConfigureAwait(false);
            }
        }
    }

    private bool IsOfServer(string[] words) =>
        words is [['0', 'x', .., ':'], ..] && words.Contains($"be={step.Backend}") && words.Contains($"srv={step.Server}");

    /// <summary>Whether the worker is still the first one, and how many sessions of the server it has; null where it has no such server.</summary>
    private async Task<(bool IsSameWorker, long? Sessions)> LookAsync()
    {
        var answers = await runtime.SendAsync([Info, _rows], CancellationToken.None).ConfigureAwait(false);
        if (RuntimeInfo.Parse(answers[0]) is not { } info)
        {
            throw new RuntimeException(RuntimeFault.Unexpected, $"the answers at {runtime.Endpoint} are not HAProxy's");
        }

        var worker = (info.Pid, info.StartedAt);
        _worker ??= worker;
        Volatile.Write(ref _workerPid, _worker.Value.Pid);
        return (_worker == worker, Count(answers[1]));
    }

    private async Task<long> CountInOldWorkersAsync()
    {
        var sum = 0L;
        foreach (var old in await SeeOldWorkersAsync().ConfigureAwait(false))
        {
            sum += Count(await AskAsync(old, _rows).ConfigureAwait(false) ?? "") ?? 0;
        }

        return sum;
    }

    private async Task<IReadOnlyList<ProcessEntry>> SeeOldWorkersAsync() =>
        (await watch.SeeProcessesAsync(CancellationToken.None).ConfigureAwait(false))?.OldWorkers ?? [];

    /// <summary>Asks an old worker; null where it has ended meanwhile, and its sessions with it.</summary>
    private async Task<string?> AskAsync(ProcessEntry old, RuntimeCommand command) =>
        (await watch.AskWorkerAsync(old.Pid, [command], CancellationToken.None).ConfigureAwait(false))?[0];

    private long? Count(string rows) => StatTable.Parse(rows)?
        .FirstOrDefault(row => row.Kind == StatKind.Server && string.Equals(row.Service, step.Server, StringComparison.Ordinal))?.CurrentSessions;
}
