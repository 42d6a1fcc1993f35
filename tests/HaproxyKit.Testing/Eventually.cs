using System.Diagnostics;
using Xunit;

namespace HaproxyKit.Testing;

/// <summary>Waiting for something that another process does: asks again and again, up to a deadline.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>The deadline where a test names none: long enough for a busy machine with two cores.</summary>
    public static TimeSpan DefaultTimeout { get; } = TimeSpan.FromSeconds(20);

    /// <summary>Waits until a condition holds, and fails the test where it does not in time.</summary>
    /// <param name="condition">The condition; what it throws ends the wait.</param>
    /// <param name="what">What should have come true, for the failure's message.</param>
    /// <param name="timeout">The deadline, or null for <see cref="DefaultTimeout"/>.</param>
    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> TrueAsync(Func<Task<bool>> condition, string what, TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var limit = timeout ?? DefaultTimeout;
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > limit)
                Assert.Fail($"Not within {limit.TotalSeconds:0.#} s: {what}");
            await Task.Delay(Pause);
        }

        return watch.Elapsed;
    }

    /// <inheritdoc cref="TrueAsync(Func{Task{bool}}, string, TimeSpan?)"/>
    public static Task<TimeSpan> TrueAsync(Func<bool> condition, string what, TimeSpan? timeout = null) =>
        TrueAsync(() => Task.FromResult(condition()), what, timeout);

    /// <summary>
    /// Waits until a value is the expected one, and fails the test, showing the last value, where it is not in time.
    /// </summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="expected">The expected value.</param>
    /// <param name="actual">Reads the value; what it throws ends the wait.</param>
    /// <param name="what">What the value is, for the failure's message.</param>
    /// <param name="timeout">The deadline, or null for <see cref="DefaultTimeout"/>.</param>
    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> EqualAsync<T>(
        T expected, Func<Task<T>> actual, string what, TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(actual);
        var limit = timeout ?? DefaultTimeout;
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var last = await actual();
            if (EqualityComparer<T>.Default.Equals(last, expected))
                return watch.Elapsed;
            if (watch.Elapsed > limit)
            {
                Assert.Fail($"Not within {limit.TotalSeconds:0.#} s: {what} should be " +
                    $"{expected?.ToString() ?? "null"}, and is {last?.ToString() ?? "null"}");
            }

            await Task.Delay(Pause);
        }
    }
}
