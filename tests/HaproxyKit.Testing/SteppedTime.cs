namespace HaproxyKit.Testing;

/// <summary>A clock that goes on only when a test says so.</summary>
public sealed class SteppedTime : TimeProvider
{
    private long ticks;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref ticks);

    /// <summary>Lets time go on.</summary>
    /// <param name="by">How much.</param>
    public void Step(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
}
