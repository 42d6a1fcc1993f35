using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;
using HaproxyKit.Expressions;
using HaproxyKit.Syntax;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3214: an address to connect to, or from, that HAProxy refuses.</summary>
internal sealed class ServerAddressRule : IValueRule
{
    public ReadOnlySpan<ValueKind> Kinds => [ValueKind.ServerAddress, ValueKind.SourceAddress];

    public void Check(in ValueContext value)
    {
        // An agent's address is nothing but an address.
        if (value.Entry.NameBytes.SequenceEqual("agent-addr"u8))
        {
            if (!value.Value.Contains((byte)'$') && !AddressRules.IsHost(value.Value, AddressKind.Internet))
            {
                Report(value, "expected an IP address or the name of a host, without a port");
            }
        }
        else if (AddressRules.Check(value.Value, UseOf(value), value.Line.Run.Version) is { IsError: true } fault)
        {
            Report(value, fault.Message);
        }
    }

    // Only the address of the server itself may be a name that is resolved later.
    private static AddressUse UseOf(in ValueContext value) =>
        value.Entry.Class != EntryClass.ServerWord
            ? value.Slot.Kind == ValueKind.SourceAddress ? AddressUse.Source
                : value.Line.Section.Kind == SectionKind.Ring ? AddressUse.RingServer
                : AddressUse.Server
        : value.Slot.Kind == ValueKind.SourceAddress ? AddressUse.ServerSource
        : value.Entry.NameBytes.SequenceEqual("socks4"u8) ? AddressUse.Socks
        : AddressUse.Source;

    private static void Report(in ValueContext value, string fault) => value.Error(
        DiagnosticIds.InvalidAddress, $"'{value.Text}' is no address: {fault}",
        "for example 192.0.2.1:80, [2001:db8::1]:80 or app.example.org:80");
}
