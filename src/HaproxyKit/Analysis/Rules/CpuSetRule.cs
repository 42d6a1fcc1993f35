using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3211 for sets of threads and processors (configuration manual, chapter 3.1, <c>cpu-map</c>).</summary>
internal sealed class CpuSetRule : IValueRule
{
    public ReadOnlySpan<ValueKind> Kinds => [ValueKind.ThreadSet, ValueKind.ThreadRange, ValueKind.CpuSet];

    public void Check(in ValueContext value)
    {
        var text = value.Value;
        if (value.Slot.Kind == ValueKind.ThreadSet)
        {
            text = text.StartsWith("auto:"u8) ? text[5..] : text;
            var slash = text.IndexOf((byte)'/');
            if (slash >= 0 && !IsSet(text[..slash], areWordsTaken: true))
            {
                value.Error(DiagnosticIds.InvalidNumber, $"'{value.Text}' is no set of threads", "for example: auto:1/1-4");
                return;
            }

            text = text[(slash + 1)..];
        }

        if (!IsSet(text, areWordsTaken: value.Slot.Kind == ValueKind.ThreadSet))
        {
            value.Error(
                DiagnosticIds.InvalidNumber,
                $"'{value.Text}' is no set of {(value.Slot.Kind == ValueKind.CpuSet ? "processors" : "threads")}", "write numbers and ranges: 0-3");
        }
    }

    private static bool IsSet(ReadOnlySpan<byte> text, bool areWordsTaken) =>
        (areWordsTaken && (text.SequenceEqual("all"u8) || text.SequenceEqual("odd"u8) || text.SequenceEqual("even"u8)))
        || (!text.IsEmpty && text[0] is >= (byte)'0' and <= (byte)'9' && !text.ContainsAnyExcept(ByteSets.NumberList));
}
