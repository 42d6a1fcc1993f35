using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3214: an address that logs go to, of a nameserver or of a peer, that HAProxy refuses.</summary>
internal sealed class LogAddressRule : IValueRule
{
    public ReadOnlySpan<ValueKind> Kinds => [ValueKind.LogAddress, ValueKind.PortAddress];

    public void Check(in ValueContext value)
    {
        if (value.Value.StartsWith("ring@"u8))
        {
            value.Line.Run.Refer(SymbolKind.Ring, value.Value["ring@"u8.Length..], value, value.Entry);
            return;
        }

        if (value.Value.SequenceEqual("stdout"u8) || value.Value.SequenceEqual("stderr"u8) || value.Value.StartsWith("backend@"u8))
        {
            return;
        }

        var use = value.Slot.Kind == ValueKind.LogAddress ? AddressUse.Log : AddressUse.Peer;
        if (AddressJudge.Describe(value.Value, use, value.Line.Run.Version) is { } fault)
        {
            value.Error(DiagnosticIds.InvalidAddress, $"'{value.Text}' is no address: {fault}", "for example 192.0.2.1:514 or /dev/log");
        }
    }
}
