namespace HaproxyKit.EdgeScript;

/// <summary>How a node is checked: HAProxy connects to it at an interval (configuration manual, chapter 5.2, <c>check</c>).</summary>
public sealed record HealthCheck
{
    /// <summary>The time between two checks, from 1 ms, in whole milliseconds.</summary>
    /// <value>2 seconds, as HAProxy has it.</value>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How many failures in a row take a node out, 1 to 1000.</summary>
    /// <value>3, as HAProxy has it.</value>
    public int Fall { get; init; } = 3;

    /// <summary>How many successes in a row take a node in again, 1 to 1000.</summary>
    /// <value>2, as HAProxy has it.</value>
    public int Rise { get; init; } = 2;
}
