using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Policy;

/// <summary>What a command holds of its owner's quota while it is under way.</summary>
internal sealed class QuotaTicket(MappingCommand command, MappingIndex mappings, bool makes)
{
    internal string Owner { get; } = command.Owner;

    internal int FrontendPort { get; } = command.FrontendPort;

    internal string? Node { get; } = command.Node;

    /// <summary>Whether there was no mapping when the command was judged.</summary>
    internal bool IsNewPort { get; } = mappings[command.FrontendPort] is null;

    /// <summary>The snapshot by which the command was judged.</summary>
    internal object JudgedBy { get; } = mappings.Mappings;

    /// <summary>Whether it is the one that makes the frontend, as far as the snapshot tells.</summary>
    internal bool Makes { get; } = makes;

    /// <summary>When the command was carried out, so that the next snapshot shows it, or null.</summary>
    internal long? ServedAt { get; set; }
}
