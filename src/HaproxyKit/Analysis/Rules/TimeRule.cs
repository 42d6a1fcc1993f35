using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3212: a time is malformed or too long (configuration manual, chapter 2.5).</summary>
internal sealed class TimeRule : IValueRule
{
    private const string Hint = "write digits and one of us, ms, s, m, h, d";

    public ReadOnlySpan<ValueKind> Kinds => [ValueKind.Time];

    public void Check(in ValueContext value)
    {
        var text = value.Value;
        var digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        digits = digits < 0 ? text.Length : digits;
        var unit = text[digits..];
        var (microseconds, length) = Unit(unit, value.Slot.Unit);
        if (digits == 0 && !text.IsEmpty || microseconds == 0)
        {
            value.Error(DiagnosticIds.InvalidTime, $"'{value.Text}' is no time", Hint);
        }
        else if (IsTooLong(text[..digits], microseconds))
        {
            value.Error(DiagnosticIds.InvalidTime, $"'{value.Text}' is longer than HAProxy can count", "at most 2147483647ms, or about 24 days");
        }
        else if (unit.Length > length)
        {
            value.Report(
                DiagnosticSeverity.Warning, DiagnosticIds.InvalidTime, 0, text.Length,
                $"HAProxy ignores what stands behind the unit in '{value.Text}'", Hint);
        }
    }

    private static (long Microseconds, int Length) Unit(ReadOnlySpan<byte> unit, string? orElse) => unit switch
    {
        [] => (Unit(System.Text.Encoding.ASCII.GetBytes(orElse ?? "ms"), "ms").Microseconds, 0),
        [(byte)'u', (byte)'s', ..] => (1, 2),
        [(byte)'m', (byte)'s', ..] => (1_000, 2),
        [(byte)'s', ..] => (1_000_000, 1),
        [(byte)'m', ..] => (60_000_000, 1),
        [(byte)'h', ..] => (3_600_000_000, 1),
        [(byte)'d', ..] => (86_400_000_000, 1),
        _ => (0, 0),
    };

    private static bool IsTooLong(ReadOnlySpan<byte> digits, long microseconds)
    {
        var number = 0L;
        foreach (var digit in digits)
        {
            number = (number * 10) + digit - '0';
            if (number > int.MaxValue * 1_000L / microseconds)
            {
                return true;
            }
        }

        return false;
    }
}
