using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Mappings;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>What those are told who watch.</summary>
internal static class MappingEvents
{
    /// <summary>What an outcome is for those who watch; null where it changed nothing.</summary>
    internal static PhoneHomeEvent? Of(PendingIntent pending, DesiredMappings before, MappingOutcome outcome)
    {
        var served = outcome as MappingOutcome.Served;
        var isLapse = pending.Intent is MappingIntent.Lapse;
        PhoneHomeEventKind? kind = served?.Change switch
        {
            null => PhoneHomeEventKind.Refused,
            MappingChange.Created => PhoneHomeEventKind.Created,
            MappingChange.Moved => PhoneHomeEventKind.Moved,
            MappingChange.Changed => PhoneHomeEventKind.Changed,
            MappingChange.Removed => isLapse ? PhoneHomeEventKind.Lapsed : PhoneHomeEventKind.Removed,
            _ => null,
        };
        var told = (pending.Intent, kind) switch
        {
            (_, null) => null,
            (MappingIntent.Call { Command: var command }, { } what) => NewEvent(what) with
            {
                Owner = command.Owner,
                Name = command.Name,
                FrontendPort = command.FrontendPort,
                Node = command.Node,
            },
            (MappingIntent.Lapse lapse, { } what) when before[lapse.FrontendPort] is { } mapping => Of(mapping, what) with { Node = lapse.Node },
            _ => null,
        };
        return told is null ? null : told with
        {
            Outcome = served?.Change.ToString() ?? outcome.GetType().Name,
            Revision = served?.Revision,
            Message = outcome switch
            {
                MappingOutcome.Conflict conflict => conflict.Message,
                MappingOutcome.Unreachable unreachable => unreachable.Message,
                MappingOutcome.ConfigurationUnavailable unavailable => unavailable.Message,
                MappingOutcome.Refused { Diagnostics: [var first, ..] } => first.Message,
                _ => null,
            },
        };
    }

    /// <summary>Something that became of a mapping.</summary>
    internal static PhoneHomeEvent Of(Mapping mapping, PhoneHomeEventKind kind) => NewEvent(kind) with
    {
        Owner = mapping.Owner,
        Name = mapping.Name,
        FrontendPort = mapping.FrontendPort,
    };

    private static PhoneHomeEvent NewEvent(PhoneHomeEventKind kind) => new() { Sequence = 0, Time = default, Kind = kind };
}
