using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3213: a size is malformed or too large (configuration manual, chapter 2.7).</summary>
internal sealed class SizeRule : IValueRule
{
    public ReadOnlySpan<ValueKind> Kinds => [ValueKind.Size];

    public void Check(in ValueContext value)
    {
        var text = value.Value;
        var digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        digits = digits < 0 ? text.Length : digits;
        var shift = text[digits..] switch
        {
            [] => 0,
            [(byte)'k' or (byte)'K'] => 10,
            [(byte)'m' or (byte)'M'] => 20,
            [(byte)'g' or (byte)'G'] => 30,
            _ => -1,
        };
        if (digits == 0 || shift < 0)
        {
            value.Error(DiagnosticIds.InvalidSize, $"'{value.Text}' is no size", "write digits and one of k, m, g, or nothing for bytes");
            return;
        }

        var size = 0L;
        foreach (var digit in text[..digits])
        {
            size = (size * 10) + digit - '0';
            if (size << shift > uint.MaxValue)
            {
                value.Error(DiagnosticIds.InvalidSize, $"'{value.Text}' is more than HAProxy can count", "at most 4 GB less one byte");
                return;
            }
        }
    }
}
