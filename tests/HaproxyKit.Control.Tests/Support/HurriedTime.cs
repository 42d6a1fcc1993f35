namespace HaproxyKit.Control.Tests.Support;

/// <summary>The system's clock, on which a second has passed after a hundredth: what waits for long in operation does not in a test.</summary>
public sealed class HurriedTime : TimeProvider
{
    private const int Hurry = 100;

    private readonly long began = System.GetTimestamp();

    /// <inheritdoc/>
    public override long TimestampFrequency => System.TimestampFrequency;

    /// <inheritdoc/>
    public override long GetTimestamp() => began + ((System.GetTimestamp() - began) * Hurry);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Hurried(dueTime), Hurried(period));

    private static TimeSpan Hurried(TimeSpan span) => span == Timeout.InfiniteTimeSpan ? span : span / Hurry;
}
