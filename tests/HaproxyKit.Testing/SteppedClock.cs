namespace HaproxyKit.Testing;

/// <summary>A clock, and a time of day with it, that go on only when a test says so.</summary>
public sealed class SteppedClock : TimeProvider
{
    private long ticks;
    private long setBy;

    /// <summary>The time of day at which it begins.</summary>
    public static DateTimeOffset Start { get; } = new(2030, 6, 1, 12, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref ticks);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Start.AddTicks(GetTimestamp() + Interlocked.Read(ref setBy));

    /// <summary>Lets time go on.</summary>
    /// <param name="by">How much.</param>
    public void Step(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);

    /// <summary>Sets the time of day, while no time goes by.</summary>
    /// <param name="by">How much forwards.</param>
    public void Set(TimeSpan by) => Interlocked.Add(ref setBy, by.Ticks);
}
