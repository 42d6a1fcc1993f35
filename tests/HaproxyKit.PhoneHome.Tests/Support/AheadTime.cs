namespace HaproxyKit.PhoneHome.Tests.Support;

/// <summary>The system's clock, which a test lets jump ahead: as much time has gone by then for all who ask; waits keep their length.</summary>
internal sealed class AheadTime : TimeProvider
{
    private long _ticks;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => System.GetElapsedTime(0).Ticks + Interlocked.Read(ref _ticks);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _ticks));

    /// <summary>Lets time go by.</summary>
    internal void Step(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
