using HaproxyKit.Control.Checking;

namespace HaproxyKit.Control.Reloading;

/// <summary>The limits of a reload.</summary>
public sealed class ReloaderOptions
{
    /// <summary>How long HAProxy may take to be settled before, and then again to load and serve, or to fail.</summary>
    /// <value>30 seconds; a port that is taken makes HAProxy try for 2 seconds.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the old worker may take, after a failure, to open again what it had paused.</summary>
    /// <value>5 seconds.</value>
    public TimeSpan ResumeTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a new worker must serve before it counts: one that dies at once may still have answered.</summary>
    /// <value>100 milliseconds; with zero the first answer counts.</value>
    public TimeSpan ProofTime { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How many workers of earlier configurations there may be before another reload is put off.</summary>
    /// <value>4. Each keeps the memory of a whole HAProxy as long as its last session, or <c>hard-stop-after</c>.</value>
    public int MaxOldWorkers { get; set; } = 4;

    /// <summary>For how long a reload is put off at most; it takes place then all the same.</summary>
    /// <value>10 seconds.</value>
    public TimeSpan PostponementTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait, after a success, until all workers of earlier configurations have ended; those that have not are told.</summary>
    /// <value>Zero: they are only told.</value>
    public TimeSpan OldWorkersTimeout { get; set; } = TimeSpan.Zero;

    /// <summary>How HAProxy is started, where that is told rather than read from the running master.</summary>
    /// <value>Null by default.</value>
    public HaproxyInvocation? Invocation { get; set; }

    /// <exception cref="ArgumentOutOfRangeException">A limit is negative, or one that must be positive is not.</exception>
    internal static ReloaderOptions Checked(ReloaderOptions? options)
    {
        options ??= new ReloaderOptions();
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Timeout, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.ResumeTimeout, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ProofTime, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxOldWorkers, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.PostponementTimeout, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.OldWorkersTimeout, TimeSpan.Zero, nameof(options));
        return options;
    }
}
