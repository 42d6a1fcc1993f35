using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3215: a line gives a name that HAProxy refuses.</summary>
internal sealed class NameRule : IValueRule
{
    public ReadOnlySpan<ValueKind> Kinds => [ValueKind.Name];

    public void Check(in ValueContext value)
    {
        if (!NameRules.IsName(value.Value))
        {
            value.Error(
                DiagnosticIds.InvalidName, $"'{value.Text}' is no name that HAProxy takes",
                "names consist of letters, digits and . : _ -");
        }
    }
}
