namespace HaproxyKit.Control.Deployment;

/// <summary>Waits for somebody else with a clock that tests can hold.</summary>
internal sealed class Patience(TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(20);

    /// <summary>Asks again and again, at growing intervals.</summary>
    /// <returns>True when the answer became true, false when the limit was over first.</returns>
    internal async Task<bool> UntilAsync(Func<bool> isTrue, TimeSpan limit, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause < LongestPause ? pause * 2 : LongestPause)
        {
            if (isTrue())
            {
                return true;
            }

            if (time.GetElapsedTime(started) >= limit)
            {
                return false;
            }

            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
