using HaproxyKit.Control.Planning.Steps;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// The drainage of a server with what is to come of it: where a change wants the server again, it is held up until HAProxy follows that
/// change, and goes on where the change is undone.
/// </summary>
internal sealed class DrainageCourse : IDisposable
{
    private readonly TaskCompletionSource<DrainageResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly DrainageRun _run;
    private CancellationTokenSource _hold = new();
    private Task _running;

    private DrainageCourse(ServerStep step, AddServer? reverse, DrainageRun run)
    {
        (_run, Reverse, IsRelease) = (run, reverse, step is ReleaseServer);
        Drainage = new ServerDrainage(step.Backend, step.Server, _completion.Task);
        _running = Task.Run(() => GoOnAsync(run.RunAsync, _hold.Token));
    }

    internal ServerDrainage Drainage { get; }

    /// <summary>What would add the server as it was; null where HAProxy could not add it.</summary>
    internal AddServer? Reverse { get; }

    /// <summary>Whether the server stays as a spare one.</summary>
    internal bool IsRelease { get; }

    internal bool IsOver => _completion.Task.IsCompleted;

    /// <summary>Whether HAProxy may still have the server, out of service by our own doing.</summary>
    internal bool MayBeThere => !IsOver || _completion.Task.Result.Ending switch
    {
        DrainageEnding.Failed or DrainageEnding.Reclaimed => !IsRelease,
        DrainageEnding.Released => true,
        _ => false,
    };

    /// <summary>Whether the server is a spare one in maintenance, so that only a reload must know whose doing that is.</summary>
    internal bool IsReleased => IsOver && IsRelease;

    internal static DrainageCourse Begin(ServerStep step, AddServer? reverse, DrainageRun run) => new(step, reverse, run);

    /// <summary>Whether it is that worker which has the server.</summary>
    internal bool IsIn(int workerPid) => _run.WorkerPid is not { } pid || pid == workerPid;

    /// <summary>Sends nothing more until it is told what comes of it. It may have ended all the same.</summary>
    internal async Task HoldAsync()
    {
        if (!IsOver)
        {
            await _hold.CancelAsync().ConfigureAwait(false);
            await _running.ConfigureAwait(false);
        }
    }

    /// <summary>Goes on after it was held up.</summary>
    internal void Resume()
    {
        if (!IsOver)
        {
            _hold.Dispose();
            _hold = new CancellationTokenSource();
            var token = _hold.Token;
            _running = Task.Run(() => GoOnAsync(_run.ResumeAsync, token));
        }
    }

    /// <summary>Ends it after it was held up: the server stays.</summary>
    internal void Release() => _completion.TrySetResult(_run.Ended(DrainageEnding.Reclaimed, ""));

    /// <inheritdoc/>
    public void Dispose() => _hold.Dispose();

    private async Task GoOnAsync(Func<CancellationToken, Task<DrainageResult?>> run, CancellationToken held)
    {
        try
        {
            if (await run(held).ConfigureAwait(false) is { } result)
            {
                _completion.TrySetResult(result);
            }
        }
        catch (Exception e)
        {
            // Whoever waits for the end is told, whatever it was.
            _completion.TrySetResult(_run.Ended(DrainageEnding.Failed, e.Message));
        }
    }
}
