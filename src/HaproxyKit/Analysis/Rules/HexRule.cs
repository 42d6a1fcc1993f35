using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3216: bytes in hexadecimal digits are malformed.</summary>
internal sealed class HexRule : IValueRule
{
    public ReadOnlySpan<ValueKind> Kinds => [ValueKind.Hex];

    public void Check(in ValueContext value)
    {
        if ((value.Value.Length & 1) != 0 || value.Value.ContainsAnyExcept(ByteSets.Hexadecimal))
        {
            value.Error(DiagnosticIds.InvalidDigits, $"'{value.Text}' is no even number of hexadecimal digits");
        }
    }
}
