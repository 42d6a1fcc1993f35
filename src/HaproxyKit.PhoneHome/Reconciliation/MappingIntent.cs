using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>What somebody wants of the mappings.</summary>
internal abstract record MappingIntent
{
    private MappingIntent()
    {
    }

    /// <summary>A caller's command.</summary>
    internal sealed record Call(MappingCommand Command) : MappingIntent;

    /// <summary>A node has not called for its lease.</summary>
    internal sealed record Lapse(int FrontendPort, string? Node) : MappingIntent;

    /// <summary>Nothing new: whatever is wanted shall be so.</summary>
    internal sealed record Repair : MappingIntent;
}
