using System.Globalization;
using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3211: a whole number is expected, or one within other bounds.</summary>
internal sealed class NumberRule : IValueRule
{
    public ReadOnlySpan<ValueKind> Kinds => [ValueKind.Number, ValueKind.SloppyNumber, ValueKind.Port];

    public void Check(in ValueContext value)
    {
        var length = LengthOf(value.Value);
        if (length < value.Value.Length && value.Slot.Kind != ValueKind.SloppyNumber)
        {
            value.Error(DiagnosticIds.InvalidNumber, $"'{value.Text}' is no whole number", Bounds(value.Slot));
            return;
        }

        var number = Read(value.Value[..length]);
        if (IsOutside(number, value) && !IsZeroToo(length, value))
        {
            value.Error(
                DiagnosticIds.InvalidNumber,
                length == 0 ? $"'{value.Text}' is no whole number, which HAProxy takes for 0" : $"{value.Text} is out of the range that '{value.Owner}' takes",
                Bounds(value.Slot));
        }
        else if (length < value.Value.Length)
        {
            value.Report(
                DiagnosticSeverity.Warning, DiagnosticIds.InvalidNumber, 0, value.Value.Length,
                $"'{value.Text}' is no whole number; HAProxy reads it as {number}");
        }
    }

    /// <summary>Whether a word without digits is 0, which stands beside the bounds.</summary>
    private static bool IsZeroToo(int length, in ValueContext value) =>
        length == 0 && value.Entry.NameBytes.SequenceEqual("hash-balance-factor"u8);

    /// <summary>How many bytes are a sign and digits.</summary>
    private static int LengthOf(ReadOnlySpan<byte> text)
    {
        var sign = text is [(byte)'-' or (byte)'+', ..] ? 1 : 0;
        var digits = text[sign..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        digits = digits < 0 ? text.Length - sign : digits;
        return digits == 0 ? 0 : sign + digits;
    }

    private static long Read(ReadOnlySpan<byte> text)
    {
        var isNegative = text is [(byte)'-', ..];
        var number = 0L;
        foreach (var digit in text.TrimStart("+-"u8))
        {
            number = number > long.MaxValue / 16 ? number : (number * 10) + digit - '0';
        }

        return isNegative ? -number : number;
    }

    /// <summary>
    /// HAProxy keeps most numbers in 32 bits; those of <c>global</c> and its like without a sign where they have no
    /// upper bound.
    /// </summary>
    private static bool IsOutside(long number, in ValueContext value)
    {
        var slot = value.Slot;
        if (slot.Minimum is null && slot.Maximum is null)
        {
            return false;
        }

        var isOfProxy = value.Line.Section.IsProxy || value.Line.Section.Kind == SectionKind.Defaults;
        var kept = slot.Maximum is null && !isOfProxy ? unchecked((uint)number)
            : slot.Kind == ValueKind.SloppyNumber && (slot.Maximum ?? int.MaxValue) <= int.MaxValue ? unchecked((int)number)
            : number;
        return kept < slot.Minimum || kept > slot.Maximum;
    }

    private static string? Bounds(SignatureSlot slot) =>
        slot.Minimum is null && slot.Maximum is null ? null
        : string.Create(CultureInfo.InvariantCulture, $"expected {slot.Minimum}..{slot.Maximum}");
}
