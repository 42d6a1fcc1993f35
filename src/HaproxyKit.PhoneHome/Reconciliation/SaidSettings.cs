using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Mappings;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>What a node's call says of the whole mapping.</summary>
/// <param name="Owner">For whom it speaks.</param>
/// <param name="SendProxy">The PROXY protocol towards the nodes; every call says it.</param>
/// <param name="Lease">The lease, or null for the webhook's setting; so every call says it.</param>
/// <param name="Settings">The others, of which a call may leave out any.</param>
internal sealed record SaidSettings(string Owner, ProxyProtocol SendProxy, TimeSpan? Lease, MappingSettings Settings)
{
    internal static SaidSettings Of(MappingCommand command) => new(command.Owner, command.SendProxy, command.Lease, command.Settings);

    /// <summary>Whether a call says the same.</summary>
    internal bool IsOf(MappingCommand command) => SendProxy == command.SendProxy && Lease == command.Lease
        && Settings == command.Settings && string.Equals(Owner, command.Owner, StringComparison.Ordinal);

    /// <summary>What counts of a call where this has been said since: whatever is spoken of here stays as the mapping has it.</summary>
    internal MappingCommand Overrule(MappingCommand command, Mapping present) => command with
    {
        SendProxy = present.SendProxy,
        Lease = present.Lease,
        Settings = command.Settings.Except(Settings),
    };
}
