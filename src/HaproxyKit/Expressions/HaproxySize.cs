using System.Globalization;

namespace HaproxyKit.Expressions;

/// <summary>
/// Sizes as HAProxy writes them: digits and one of <c>k m g</c>, in any case, for 1024 and its powers (configuration manual, chapter 2.5 and
/// <c>stick-table</c>).
/// </summary>
public static class HaproxySize
{
    /// <summary>The largest size that HAProxy keeps: 4,294,967,295.</summary>
    public const long Max = uint.MaxValue;

    /// <summary>Reads a size.</summary>
    /// <param name="text">For example <c>100k</c>, <c>16384</c>, <c>1m</c>.</param>
    /// <param name="size">The number, or zero.</param>
    /// <returns>False when the text is no size, or is larger than <see cref="Max"/>.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out long size)
    {
        size = 0;
        var digits = text.IndexOfAnyExceptInRange('0', '9');
        digits = digits < 0 ? text.Length : digits;
        var shift = (text.Length - digits) switch
        {
            0 => 0,
            1 => ShiftOf(text[^1]),
            _ => -1,
        };
        if (shift < 0
            || !long.TryParse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number > Max >> shift)
        {
            return false;
        }

        size = number << shift;
        return true;
    }

    /// <summary>Writes a size in the largest unit that says it exactly.</summary>
    /// <param name="size">From 0 to <see cref="Max"/>.</param>
    /// <returns>For example <c>100k</c>, <c>1m</c>, <c>1000</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">HAProxy cannot keep the size.</exception>
    public static string Format(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Max);
        var shift = size == 0 ? 0 : Math.Min(30, (int)long.TrailingZeroCount(size) / 10 * 10);
        var unit = shift switch { 10 => "k", 20 => "m", 30 => "g", _ => "" };
        return string.Create(CultureInfo.InvariantCulture, $"{size >> shift}{unit}");
    }

    private static int ShiftOf(char unit) => char.ToLowerInvariant(unit) switch
    {
        'k' => 10,
        'm' => 20,
        'g' => 30,
        _ => -1,
    };
}
