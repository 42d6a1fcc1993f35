using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3214: an address to connect to, or from, that HAProxy refuses.</summary>
internal sealed class ServerAddressRule : IValueRule
{
    public ReadOnlySpan<ValueKind> Kinds => [ValueKind.ServerAddress, ValueKind.SourceAddress];

    public void Check(in ValueContext value)
    {
        // Only the address of the server itself may be a name that is resolved later.
        var use = value.Slot.Kind != ValueKind.ServerAddress ? AddressUse.Source
            : value.Entry.NameBytes.SequenceEqual("socks4"u8) ? AddressUse.Peer
            : value.Entry.Class == EntryClass.ServerWord ? AddressUse.Source
            : AddressUse.Server;
        if (value.Entry.NameBytes.SequenceEqual("agent-addr"u8) && NetworkText.MayBeHost(value.Value))
        {
            return;
        }

        if (AddressJudge.Describe(value.Value, use, value.Line.Run.Version) is { } fault)
        {
            value.Error(DiagnosticIds.InvalidAddress, $"'{value.Text}' is no address: {fault}", "for example 192.0.2.1:80, [2001:db8::1]:80 or app.example.org:80");
        }
    }
}
