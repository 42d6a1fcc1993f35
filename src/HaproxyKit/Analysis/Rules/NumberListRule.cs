using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3211 for lists of numbers and ranges with commas, such as <c>http-check expect status 200-299,404</c>.</summary>
internal sealed class NumberListRule : IValueRule
{
    public ReadOnlySpan<ValueKind> Kinds => [ValueKind.NumberList];

    public void Check(in ValueContext value)
    {
        if (value.Value is [(byte)'-', ..] or [.., (byte)'-'] || value.Value.ContainsAnyExcept(ByteSets.NumberList))
        {
            value.Error(DiagnosticIds.InvalidNumber, $"'{value.Text}' is no list of numbers", "for example: 200-299,404");
        }
    }
}
