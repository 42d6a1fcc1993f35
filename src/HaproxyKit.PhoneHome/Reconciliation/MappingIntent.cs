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

    /// <summary>A node has not called for its lease; its last call had that number, and was that long ago. A call that came since makes it void.</summary>
    internal sealed record Lapse(int FrontendPort, string? Node, long? LastCall, TimeSpan Silence) : MappingIntent;

    /// <summary>The mappings that have no node and that nobody declared shall go.</summary>
    internal sealed record Sweep : MappingIntent;

    /// <summary>Nothing new: whatever is wanted shall be so.</summary>
    internal sealed record Repair : MappingIntent;
}
