using HaproxyKit.Control.Planning.Steps;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Deployment;

/// <summary>Drains one server, and deletes it or keeps it as a spare one. It may be held up between two commands, and go on later.</summary>
internal sealed class DrainageRun(ServerStep step, TimeSpan grace, RuntimeClient runtime, WorkerWatch watch, TimeProvider time)
{
    private const ServerAdminStates OutOfService = ServerAdminStates.AnyDrain | ServerAdminStates.AnyMaintenance;

    /// <summary>How long HAProxy is asked again to delete a server whose last sessions are just ending.</summary>
    private static readonly TimeSpan DeletionLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);
    private static readonly RuntimeCommand Info = RuntimeCommand.Of("show", "info");

    private readonly OldWorkerSessions _old = new(step.Backend, step.Server, watch, time);
    private readonly long _started = time.GetTimestamp();
    private (int Pid, long? StartedAt)? _worker;
    private int _workerPid;
    private long _sessionsEnded;
    private int _unasked;

    /// <summary>The worker in which the server drains; null before it was seen.</summary>
    internal int? WorkerPid => Volatile.Read(ref _workerPid) is var pid and > 0 ? pid : null;

    /// <param name="held">Holds the drainage up.</param>
    /// <returns>How it ended, or null where it is held up.</returns>
    internal async Task<DrainageResult?> RunAsync(CancellationToken held)
    {
        try
        {
            var ending = await DrainAsync(held).ConfigureAwait(false)
                ?? (step is ReleaseServer ? await ReleaseAsync(held).ConfigureAwait(false) : await DeleteAsync(held).ConfigureAwait(false));
            return Ended(ending, ending == DrainageEnding.Failed ? "HAProxy does not let it go" : "");
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
        new(ending, IsGone(ending) ? _sessionsEnded : 0, time.GetElapsedTime(_started), message)
        {
            UnaskedOldWorkers = IsGone(ending) ? _unasked : 0,
        };

    private static bool IsGone(DrainageEnding ending) => ending is DrainageEnding.Deleted or DrainageEnding.Released;

    /// <summary>Waits until no worker has a session of the server, and no old one is left that cannot be asked, or its grace is over.</summary>
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

            var (inOld, unasked) = sessions == 0 ? await _old.CountAsync(_worker!.Value.Pid).ConfigureAwait(false) : (0, 0);
            if (sessions + inOld + unasked == 0)
            {
                return null;
            }

            var left = grace - time.GetElapsedTime(_started);
            if (left <= TimeSpan.Zero)
            {
                (inOld, _unasked) = sessions == 0 ? (inOld, unasked) : await _old.CountAsync(_worker!.Value.Pid).ConfigureAwait(false);
                _sessionsEnded = sessions.Value + inOld;
                return null;
            }

            await Task.Delay(pause < left ? pause : left, time, held).ConfigureAwait(false);
        }
    }

    /// <summary>Puts it into maintenance, unless another program has put it into service meanwhile.</summary>
    private async Task<DrainageEnding> ReleaseAsync(CancellationToken held)
    {
        held.ThrowIfCancellationRequested();
        var servers = await runtime.ShowServersStateAsync(step.Backend, CancellationToken.None).ConfigureAwait(false);
        if (servers.FirstOrDefault(server => server.Name == step.Server) is not { } present || (present.Admin & OutOfService) == ServerAdminStates.None)
        {
            return DrainageEnding.Reclaimed;
        }

        var change = await runtime.SetServerModeAsync(step.Backend, step.Server, ServerMode.Maintenance, CancellationToken.None).ConfigureAwait(false);
        await EndSessionsAsync().ConfigureAwait(false);
        return change.IsSuccess ? DrainageEnding.Released : DrainageEnding.Failed;
    }

    private async Task<DrainageEnding> DeleteAsync(CancellationToken held)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            held.ThrowIfCancellationRequested();
            await runtime.SetServerModeAsync(step.Backend, step.Server, ServerMode.Maintenance, CancellationToken.None).ConfigureAwait(false);
            await EndSessionsAsync().ConfigureAwait(false);
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

    /// <summary>Ends the sessions that outlasted the grace.</summary>
    private async Task EndSessionsAsync()
    {
        if (_sessionsEnded > 0)
        {
            await runtime.ShutdownServerSessionsAsync(step.Backend, step.Server, CancellationToken.None).ConfigureAwait(false);
            await _old.EndAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Whether the worker is still the first one, and how many sessions of the server it has; null where it has no such server.</summary>
    private async Task<(bool IsSameWorker, long? Sessions)> LookAsync()
    {
        var answers = await runtime.SendAsync([Info, _old.Rows], CancellationToken.None).ConfigureAwait(false);
        if (RuntimeInfo.Parse(answers[0]) is not { } info)
        {
            throw new RuntimeException(RuntimeFault.Unexpected, $"the answers at {runtime.Endpoint} are not HAProxy's");
        }

        var worker = (info.Pid, info.StartedAt);
        _worker ??= worker;
        Volatile.Write(ref _workerPid, _worker.Value.Pid);
        return (_worker == worker, _old.Count(answers[1]));
    }
}
