namespace HaproxyKit.AspNetCore.Tests.Support;

/// <summary>A clock that goes on only when a test says so.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private long ticks;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref ticks);

    internal void Step(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
}
