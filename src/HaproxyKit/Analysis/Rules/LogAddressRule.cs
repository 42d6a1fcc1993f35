using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;
using HaproxyKit.Expressions;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3214: an address that logs go to, of a nameserver, a mailer or a peer, that HAProxy refuses.</summary>
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

        var target = value.Value;
        if (target.SequenceEqual("stdout"u8) || target.SequenceEqual("stderr"u8) || target.StartsWith("backend@"u8))
        {
            return;
        }

        var use = value.Slot.Kind == ValueKind.LogAddress ? AddressUse.Log
            : value.Entry.NameBytes.SequenceEqual("nameserver"u8) ? AddressUse.Nameserver
            : value.Entry.NameBytes.SequenceEqual("mailer"u8) ? AddressUse.Mailer
            : AddressUse.Peer;
        if (AddressRules.Check(value.Value, use, value.Line.Run.Version) is { IsError: true } fault)
        {
            value.Error(
                DiagnosticIds.InvalidAddress, $"'{value.Text}' is no address: {fault.Message}",
                "for example 192.0.2.1:514 or /dev/log");
        }
    }
}
