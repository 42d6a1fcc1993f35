using System.Buffers.Text;
using System.Globalization;

namespace HaproxyKit.Expressions;

/// <summary>
/// What a pattern matches where integers are matched: a number or a range (configuration manual, chapter 7.1.2). HAProxy takes <c>-</c> for
/// <c>:</c> between two numbers, so that <c>1-5</c> is <c>1:5</c> and <c>-5</c> is <c>:5</c>.
/// </summary>
/// <param name="Minimum">The smallest number that matches, or null where there is none.</param>
/// <param name="Maximum">The largest number that matches, or null where there is none.</param>
public readonly record struct AclInteger(long? Minimum, long? Maximum)
{
    /// <summary>Whether a word is an operator where integers are matched: it holds for the patterns behind it.</summary>
    /// <param name="word">The word's value.</param>
    /// <returns>
    /// True for <c>eq</c>, <c>ge</c>, <c>gt</c>, <c>le</c>, <c>lt</c>, and for <c>ne</c>, which HAProxy takes and reads as <c>eq</c>.
    /// </returns>
    public static bool IsOperator(ReadOnlySpan<byte> word) =>
        word.Length == 2
        && (word.SequenceEqual("eq"u8) || word.SequenceEqual("ge"u8) || word.SequenceEqual("gt"u8)
            || word.SequenceEqual("le"u8) || word.SequenceEqual("lt"u8) || word.SequenceEqual("ne"u8));

    /// <summary>Reads a pattern that stands behind no operator or behind <c>eq</c>.</summary>
    /// <param name="pattern">The pattern's value.</param>
    /// <param name="value">The range that it matches.</param>
    /// <returns>False where HAProxy refuses it.</returns>
    public static bool TryParse(ReadOnlySpan<byte> pattern, out AclInteger value)
    {
        value = default;
        var separator = pattern.IndexOfAny((byte)':', (byte)'-');
        if (separator < 0)
        {
            var isNumber = TryNumber(pattern, out var number);
            value = new AclInteger(number, number);
            return isNumber;
        }

        var low = pattern[..separator];
        var high = pattern[(separator + 1)..];
        long minimum = 0;
        long maximum = 0;
        if ((low.IsEmpty && high.IsEmpty)
            || (!low.IsEmpty && !TryNumber(low, out minimum))
            || (!high.IsEmpty && !TryNumber(high, out maximum))
            || (!low.IsEmpty && !high.IsEmpty && minimum > maximum))
        {
            return false;
        }

        value = new AclInteger(low.IsEmpty ? null : minimum, high.IsEmpty ? null : maximum);
        return true;
    }

    /// <summary>Reads a pattern that stands behind an operator.</summary>
    /// <param name="pattern">The pattern's value.</param>
    /// <param name="operator">One of the operators; a range is taken as it is, whatever the operator.</param>
    /// <param name="value">The range that it matches.</param>
    /// <returns>False where HAProxy refuses it. HAProxy ignores what follows a dot: <c>gt 1.5</c> is <c>gt 1</c>.</returns>
    public static bool TryParse(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> @operator, out AclInteger value)
    {
        if (@operator.SequenceEqual("eq"u8) || @operator.SequenceEqual("ne"u8) || pattern.IndexOfAny((byte)':', (byte)'-') >= 0)
        {
            return TryParse(pattern, out value);
        }

        value = default;
        var dot = pattern.IndexOf((byte)'.');
        if (!TryNumber(dot < 0 ? pattern : pattern[..dot], out var number))
        {
            return false;
        }

        var isUpper = @operator[0] == 'l';
        var isStrict = @operator[1] == 't';
        if (isStrict && number == (isUpper ? long.MinValue : long.MaxValue))
        {
            return false;
        }

        number += !isStrict ? 0 : isUpper ? -1 : 1;
        value = isUpper ? new AclInteger(null, number) : new AclInteger(number, null);
        return true;
    }

    /// <summary>The range as a pattern.</summary>
    /// <returns>For example <c>80</c>, <c>1:5</c>, <c>:5</c>, <c>5:</c>.</returns>
    public override string ToString() => Minimum == Maximum
        ? string.Create(CultureInfo.InvariantCulture, $"{Minimum}")
        : string.Create(CultureInfo.InvariantCulture, $"{Minimum}:{Maximum}");

    // A sign is none: '+5' is refused, and '-' separates.
    private static bool TryNumber(ReadOnlySpan<byte> digits, out long number)
    {
        number = 0;
        if (!digits.IsEmpty && digits[0] == '-')
        {
            return digits.Length > 1 && TryDigits(digits[1..], out number) && (number = -number) <= 0;
        }

        return TryDigits(digits, out number);
    }

    private static bool TryDigits(ReadOnlySpan<byte> digits, out long number)
    {
        number = 0;
        return !digits.IsEmpty
            && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && Utf8Parser.TryParse(digits, out number, out var consumed)
            && consumed == digits.Length;
    }
}
