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

    /// <exception cref="ArgumentOutOfRangeException">A limit is not positive.</exception>
    internal static ReloaderOptions Checked(ReloaderOptions? options)
    {
        options ??= new ReloaderOptions();
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Timeout, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.ResumeTimeout, TimeSpan.Zero, nameof(options));
        return options;
    }
}
