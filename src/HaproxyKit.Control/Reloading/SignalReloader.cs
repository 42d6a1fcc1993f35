using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Reloading;

/// <summary>Reloads by SIGUSR2 to the master process (management guide, 4).</summary>
/// <remarks>
/// HAProxy says nothing to a signal. With a master socket in the watch a failure is seen at once; without one, when no other
/// worker has answered in time, and a reload by somebody else at the same moment may swallow the signal.
/// </remarks>
/// <param name="process">The master's process.</param>
/// <param name="watch">The HAProxy.</param>
/// <param name="options">The limits; null for the defaults.</param>
/// <param name="time">The clock for time limits; null for the system's.</param>
public sealed class SignalReloader(
    MasterProcess process, WorkerWatch watch, ReloaderOptions? options = null, TimeProvider? time = null) : IReloader
{
    private readonly MasterProcess process = process ?? throw new ArgumentNullException(nameof(process));
    private readonly WorkerWatch watch = watch ?? throw new ArgumentNullException(nameof(watch));
    private readonly ReloaderOptions options = options ?? new ReloaderOptions();
    private readonly TimeProvider time = time ?? TimeProvider.System;

    /// <inheritdoc/>
    public Task<ReloadResult> ReloadAsync(ReloadExpectation expectation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(expectation);
        return new ReloadRun(watch, options, time, expectation).RunAsync(SignalAsync, cancellationToken);
    }

    private Task<MasterReloadAnswer> SignalAsync(WorkerIdentity before, CancellationToken cancellationToken)
    {
        process.AskToReload(before);
        return Task.FromResult(new MasterReloadAnswer(null, ""));
    }
}
