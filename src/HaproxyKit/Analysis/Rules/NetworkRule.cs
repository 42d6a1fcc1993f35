using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3214: neither an address nor a network.</summary>
internal sealed class NetworkRule : IValueRule
{
    public ReadOnlySpan<ValueKind> Kinds => [ValueKind.Network];

    public void Check(in ValueContext value)
    {
        if (!NetworkText.MayBeNetwork(value.Value))
        {
            value.Error(DiagnosticIds.InvalidAddress, $"'{value.Text}' is no address and no network", "for example 192.0.2.1 or 192.0.2.0/24");
        }
    }
}
