using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Drift;

/// <summary>How often it is looked whether HAProxy still follows its file, and which frontends are closed on purpose.</summary>
public sealed class DriftMonitorOptions
{
    /// <summary>The time from one look to the next.</summary>
    /// <value>The default is a minute; with zero it is never looked unless asked.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often it is looked whether another worker serves, which somebody else's reload has brought.</summary>
    /// <value>The default is a second.</value>
    public TimeSpan WatchInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Tells of the file as it was read which frontends shall be closed at run time, although no directive says so: by a comment, for example,
    /// that whoever closes them has written. Another process that closes frontends is understood by that, and our own closing of before a restart.
    /// </summary>
    /// <value>The default is null: those count that this process has closed by <see cref="Deployment.DeploymentRequest.ClosedFrontends"/>.</value>
    public Func<ConfigDocument, IReadOnlySet<string>>? ClosedFrontends { get; set; }

    /// <exception cref="ArgumentOutOfRangeException">An interval is negative, or that of watching is not positive.</exception>
    internal static DriftMonitorOptions Checked(DriftMonitorOptions? options)
    {
        options ??= new DriftMonitorOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Interval, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.WatchInterval, TimeSpan.Zero, nameof(options));
        return options;
    }
}
