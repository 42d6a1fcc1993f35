using System.Globalization;

namespace HaproxyKit.Expressions;

/// <summary>
/// Times as HAProxy writes them: digits and one of <c>us ms s m h d</c> (configuration manual, chapter 2.5).
/// </summary>
public static class HaproxyTime
{
    /// <summary>The largest time that HAProxy keeps, 2,147,483,647 milliseconds.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromMilliseconds(int.MaxValue);

    private static readonly (string Unit, long Microseconds)[] Units =
    [
        ("us", 1), ("ms", 1_000), ("s", 1_000_000), ("m", 60_000_000), ("h", 3_600_000_000), ("d", 86_400_000_000),
    ];

    /// <summary>Reads a time.</summary>
    /// <param name="text">For example <c>30s</c>, <c>1500</c>, <c>2m</c>.</param>
    /// <param name="time">The time, or zero.</param>
    /// <param name="defaultUnit">The unit of a bare number; most keywords count milliseconds.</param>
    /// <returns>False when the text is no time, or is longer than <see cref="Max"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="defaultUnit"/> is no unit.</exception>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan time, string defaultUnit = "ms")
    {
        time = default;
        var digits = text.IndexOfAnyExceptInRange('0', '9');
        digits = digits < 0 ? text.Length : digits;
        var factor = Factor(digits == text.Length ? defaultUnit : text[digits..]);
        if (factor == 0 && digits == text.Length)
        {
            throw new ArgumentException($"'{defaultUnit}' is no unit of time; known are us, ms, s, m, h and d.", nameof(defaultUnit));
        }

        if (factor == 0
            || !long.TryParse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number > (long)Max.TotalMicroseconds / factor)
        {
            return false;
        }

        time = TimeSpan.FromMicroseconds(number * factor);
        return true;
    }

    /// <summary>Writes a time in the largest unit that says it exactly, and never without a unit.</summary>
    /// <param name="time">Not negative, whole microseconds, at most <see cref="Max"/>.</param>
    /// <returns>For example <c>30s</c>, <c>1500ms</c>, <c>2m</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">HAProxy cannot keep the time.</exception>
    public static string Format(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(time, Max);
        if (time.Ticks % TimeSpan.TicksPerMicrosecond != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(time), time, "HAProxy counts whole microseconds.");
        }

        var microseconds = time.Ticks / TimeSpan.TicksPerMicrosecond;
        if (microseconds == 0)
        {
            return "0ms";
        }

        var (unit, factor) = Units.Last(u => microseconds % u.Microseconds == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{microseconds / factor}{unit}");
    }

    private static long Factor(ReadOnlySpan<char> unit)
    {
        foreach (var (name, microseconds) in Units)
        {
            if (unit.SequenceEqual(name))
            {
                return microseconds;
            }
        }

        return 0;
    }
}
