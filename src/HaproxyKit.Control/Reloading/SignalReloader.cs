namespace HaproxyKit.Control.Reloading;

/// <summary>Reloads by SIGUSR2 to the master process (management guide, 4).</summary>
/// <remarks>
/// HAProxy says nothing to a signal, so its own messages about a configuration that it refuses are only in its log. The process
/// must run on this machine and may be signalled only by its own user or by root. It is verified to be a HAProxy, and the
/// master of the worker that serves, before anything is sent.
/// </remarks>
public sealed class SignalReloader : IReloader
{
    private readonly WorkerWatch watch;
    private readonly Func<int> findMaster;
    private readonly ReloaderOptions options;
    private readonly TimeProvider time;

    /// <summary>Makes the strategy for a master that writes its process id into a file (<c>-p</c>, or <c>pidfile</c>).</summary>
    /// <param name="watch">The HAProxy; it need not have a master's socket.</param>
    /// <param name="pidFile">The path of the file, which is read anew for every reload.</param>
    /// <param name="options">The limits; null for the defaults.</param>
    /// <param name="time">The clock for time limits; null for the system's.</param>
    /// <exception cref="ArgumentException">The path is empty, or a limit is not positive.</exception>
    public SignalReloader(WorkerWatch watch, string pidFile, ReloaderOptions? options = null, TimeProvider? time = null)
        : this(watch, () => MasterProcess.ReadPidFile(pidFile), options, time) =>
        ArgumentException.ThrowIfNullOrEmpty(pidFile);

    /// <summary>Makes the strategy for a master with a known process id.</summary>
    /// <param name="watch">The HAProxy; it need not have a master's socket.</param>
    /// <param name="masterPid">The master's process id, more than 1; it stays the same over reloads.</param>
    /// <param name="options">The limits; null for the defaults.</param>
    /// <param name="time">The clock for time limits; null for the system's.</param>
    /// <exception cref="ArgumentOutOfRangeException">The process id is 1 or less, or a limit is not positive.</exception>
    public SignalReloader(WorkerWatch watch, int masterPid, ReloaderOptions? options = null, TimeProvider? time = null)
        : this(watch, () => masterPid, options, time) =>
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(masterPid, 1);

    private SignalReloader(WorkerWatch watch, Func<int> findMaster, ReloaderOptions? options, TimeProvider? time)
    {
        this.watch = watch ?? throw new ArgumentNullException(nameof(watch));
        this.findMaster = findMaster;
        this.options = ReloaderOptions.Checked(options);
        this.time = time ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    public Task<ReloadResult> ReloadAsync(ReloadExpectation expectation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(expectation);
        return new ReloadRun(watch, options, time, ReloadStrategy.Signal, expectation).RunAsync(SignalAsync, cancellationToken);
    }

    private Task<ReloadAnswer> SignalAsync(WorkerIdentity before, CancellationToken cancellationToken) =>
        MasterProcess.ReloadAsync(findMaster(), before, options.Timeout, time, cancellationToken);
}
