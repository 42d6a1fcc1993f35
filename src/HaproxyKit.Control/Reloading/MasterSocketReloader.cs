using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Reloading;

/// <summary>Reloads by the command <c>reload</c> on the master socket (management guide, 9.4).</summary>
/// <remarks>
/// From 2.7 on the master answers with what it said while it loaded; 2.6 says nothing. Where opening the socket may end the
/// master, as it may from 3.3 on after its files were torn, a master on this machine is signalled instead.
/// </remarks>
public sealed class MasterSocketReloader : IReloader
{
    private const string InProgress = "Another reload is still in progress";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly WorkerWatch watch;
    private readonly MasterClient master;
    private readonly ReloaderOptions options;
    private readonly TimeProvider time;

    /// <summary>Makes the strategy for one HAProxy.</summary>
    /// <param name="watch">The HAProxy, with its master.</param>
    /// <param name="options">The limits; null for the defaults.</param>
    /// <param name="time">The clock for time limits; null for the system's.</param>
    /// <exception cref="ArgumentException">The watch has no master, or a limit is not positive.</exception>
    public MasterSocketReloader(WorkerWatch watch, ReloaderOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(watch);
        this.watch = watch;
        master = watch.Master ?? throw new ArgumentException("Reloading by the master socket needs the master's socket.", nameof(watch));
        this.options = ReloaderOptions.Checked(options);
        this.time = time ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    public Task<ReloadResult> ReloadAsync(ReloadExpectation expectation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(expectation);
        return new ReloadRun(watch, options, time, ReloadStrategy.MasterSocket, expectation).RunAsync(AskAsync, cancellationToken);
    }

    private async Task<ReloadAnswer> AskAsync(WorkerIdentity before, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            // Judged before each attempt: whoever's reload is in the way may have loaded torn files.
            if (!await watch.MayAskMasterAsync(cancellationToken).ConfigureAwait(false))
            {
                var pid = before.MasterPid ?? throw MasterProcess.Refused("opening the master's socket may end it, and it is not on this machine");
                return await MasterProcess.ReloadAsync(pid, before, options.Timeout, time, cancellationToken).ConfigureAwait(false);
            }

            try
            {
                var answer = await master.ReloadAsync(options.Timeout, cancellationToken).ConfigureAwait(false);
                if (answer.Succeeded != false
                    || !answer.StartupLogs.StartsWith(InProgress, StringComparison.Ordinal)
                    || time.GetElapsedTime(started) >= options.Timeout)
                {
                    return ReloadAnswer.Of(answer);
                }
            }
            catch (RuntimeException e) when (e.Fault == RuntimeFault.Unreachable && time.GetElapsedTime(started) < options.Timeout)
            {
                // Up to 3.0 the master does not listen while it loads.
            }
            catch (RuntimeException e) when (e.Fault is RuntimeFault.Interrupted or RuntimeFault.TimedOut)
            {
                return ReloadAnswer.None;
            }

            // Somebody else's reload is loading.
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
