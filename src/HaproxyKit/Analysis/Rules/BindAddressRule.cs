using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;
using HaproxyKit.Expressions;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3214: an address to listen on that HAProxy refuses.</summary>
internal sealed class BindAddressRule : IValueRule
{
    public ReadOnlySpan<ValueKind> Kinds => [ValueKind.BindAddress];

    public void Check(in ValueContext value)
    {
        var use = value.Entry.NameBytes.SequenceEqual("dgram-bind"u8) ? AddressUse.DatagramBind : AddressUse.Bind;
        if (AddressRules.Check(value.Value, use, value.Line.Run.Version) is { IsError: true } fault)
        {
            value.Error(
                DiagnosticIds.InvalidAddress, $"'{value.Text}' is no address to listen on: {fault.Message}",
                "for example :443, 192.0.2.1:443 or [::1]:443");
        }
    }
}
