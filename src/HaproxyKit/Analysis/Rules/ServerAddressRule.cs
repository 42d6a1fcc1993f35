using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;
using HaproxyKit.Expressions;
using HaproxyKit.Syntax;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3214: an address to connect to, or from, that HAProxy refuses.</summary>
/// <param name="late">Judges what is looked up while HAProxy starts.</param>
internal sealed class ServerAddressRule(LateAddressRule late) : IValueRule
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
        else if (Fault(value) is { IsError: true } fault)
        {
            Report(value, fault.Message);
        }
    }

    /// <summary>
    /// What is wrong. Only the address of the server itself may be looked up later, and may then be anything.
    /// </summary>
    private ExpressionError Fault(in ValueContext value)
    {
        var use = UseOf(value);
        var version = value.Line.Run.Version;
        if (use != AddressUse.Server)
        {
            return AddressRules.Check(value.Value, use, version);
        }

        // What a ring takes every server takes; the other way round only few addresses are left to ask about.
        var fault = AddressRules.Check(value.Value, AddressUse.RingServer, version);
        if (fault.IsError)
        {
            if (fault.Kind == ExpressionErrorKind.InvalidHost)
            {
                late.Add(value, fault.Message);
            }

            fault = AddressRules.Check(value.Value, AddressUse.Server, version);
        }

        return fault;
    }

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
