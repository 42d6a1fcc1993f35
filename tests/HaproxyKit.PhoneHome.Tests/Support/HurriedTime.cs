using System.Collections.Concurrent;

namespace HaproxyKit.PhoneHome.Tests.Support;

/// <summary>A clock whose long waits end at once, and which remembers how long they should have been.</summary>
/// <param name="limits">Waits that are limits for something else, and keep their true length.</param>
internal sealed class HurriedTime(params TimeSpan[] limits) : TimeProvider
{
    private static readonly TimeSpan Hurried = TimeSpan.FromMilliseconds(20);

    /// <summary>The waits that were asked for, but for the limits.</summary>
    internal ConcurrentQueue<TimeSpan> Waits { get; } = new();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == Timeout.InfiniteTimeSpan || limits.Contains(dueTime))
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        Waits.Enqueue(dueTime);
        return base.CreateTimer(callback, state, Hurried, period);
    }
}
