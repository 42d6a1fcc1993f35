namespace HaproxyKit.Control.Deployment;

/// <summary>Keeps reloads apart: from the beginning of one to that of the next passes an interval at least.</summary>
internal sealed class ReloadGate(TimeSpan interval, TimeProvider time)
{
    private long? _lastBegan;

    /// <summary>How long it is until the next reload may begin; zero where it may now.</summary>
    internal TimeSpan Remaining => _lastBegan is { } began && interval - time.GetElapsedTime(began) is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    /// <summary>Notes that a reload begins.</summary>
    internal void Enter() => _lastBegan = time.GetTimestamp();

    /// <summary>Waits until a reload may begin.</summary>
    internal async Task WaitAsync()
    {
        while (Remaining is { Ticks: > 0 } left)
        {
            await Task.Delay(left, time, CancellationToken.None).ConfigureAwait(false);
        }
    }
}
