using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Drift;
using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>What HAProxy was seen to serve, and what must not have changed for that to be true still.</summary>
internal sealed class ServedSnapshot
{
    private long _lookedAt;
    private DriftReport? _report;

    internal required DesiredMappings Mappings { get; init; }

    /// <summary>The answer to a call that changes nothing: always the same, so that it costs nothing, but for a node that is held.</summary>
    internal required MappingOutcome.Served Answer { get; init; }

    internal required ConfigRevision Revision { get; init; }

    internal required int? WorkerPid { get; init; }

    /// <summary>Where the system shows the worker's process; null where it does not show it to us.</summary>
    internal required string? ProcessPath { get; init; }

    /// <summary>When it was seen, by a clock that cannot be set.</summary>
    internal required long SeenAt { get; init; }

    /// <summary>When file and process were looked at last.</summary>
    internal long LookedAt
    {
        get => Volatile.Read(ref _lookedAt);
        set => Volatile.Write(ref _lookedAt, value);
    }

    /// <summary>The last look for drift that is known to speak for it, or to be older.</summary>
    internal DriftReport? Report
    {
        get => Volatile.Read(ref _report);
        set => Volatile.Write(ref _report, value);
    }
}
