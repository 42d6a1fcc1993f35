using System.Collections.Immutable;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Control.Deployment;

/// <summary>Reloads at most once in an interval, and lets no state be lost by it that only the worker knows.</summary>
internal sealed class ReloadRoad(IReloader reloader, RuntimeClient runtime, ReloadGate gate, TimeProvider time)
{
    /// <param name="expectation">What the new worker must have.</param>
    /// <param name="isUrgent">Whether HAProxy serves what it should not, so that the interval does not count.</param>
    /// <param name="isOurs">Of which servers, by backend and name, it is our own doing alone if they are out of service: that is not kept; null where nobody knows.</param>
    /// <returns>What became of it, and what was kept.</returns>
    /// <exception cref="RuntimeException">HAProxy could not be asked to reload: nothing has happened.</exception>
    internal async Task<(ReloadResult Result, ImmutableArray<Diagnostic> Remarks)> ReloadAsync(
        ReloadExpectation expectation, bool isUrgent = false, Func<string, string, bool?>? isOurs = null)
    {
        if (!isUrgent)
        {
            await gate.WaitAsync().ConfigureAwait(false);
        }

        gate.Enter();
        var replay = await StateReplay.NoteAsync(runtime, time, isOurs ?? (static (_, _) => null)).ConfigureAwait(false);
        using var stop = new CancellationTokenSource();
        var replaying = replay.RunAsync(stop.Token);
        ReloadResult result;
        try
        {
            result = await reloader.ReloadAsync(expectation, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await replaying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (result.NewWorkerPid is not null)
        {
            await replay.FinishAsync().ConfigureAwait(false);
        }

        return (result, replay.Remarks);
    }
}
