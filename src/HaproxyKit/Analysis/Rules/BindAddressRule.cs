using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3214: an address to listen on that HAProxy refuses.</summary>
internal sealed class BindAddressRule : IValueRule
{
    public ReadOnlySpan<ValueKind> Kinds => [ValueKind.BindAddress];

    public void Check(in ValueContext value)
    {
        var rest = value.Value;
        while (true)
        {
            var comma = rest.IndexOf((byte)',');
            var one = comma < 0 ? rest : rest[..comma];
            if (AddressJudge.Describe(one, AddressUse.Bind, value.Line.Run.Version) is { } fault)
            {
                value.Error(DiagnosticIds.InvalidAddress, $"'{value.Text}' is no address to listen on: {fault}", "for example :443, 192.0.2.1:443 or [::1]:443");
                return;
            }

            if (comma < 0 || comma == rest.Length - 1)
            {
                return;
            }

            rest = rest[(comma + 1)..];
        }
    }
}
