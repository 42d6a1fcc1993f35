using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3216 for <c>mode</c> of a unix socket: its rights are octal digits (manual, chapter 5.1).</summary>
internal sealed class OctalRule : IValueRule
{
    public ReadOnlySpan<ValueKind> Kinds => [ValueKind.OctalNumber];

    public void Check(in ValueContext value)
    {
        if (value.Value.TrimStart("+-"u8).ContainsAnyExceptInRange((byte)'0', (byte)'7'))
        {
            value.Error(DiagnosticIds.InvalidDigits, $"'{value.Text}' are no octal digits", "for example: mode 660");
        }
    }
}
