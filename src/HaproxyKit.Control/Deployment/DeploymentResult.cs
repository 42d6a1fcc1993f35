using System.Collections.Frozen;
using System.Collections.Immutable;
using HaproxyKit.Control.Planning;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Deployment;

/// <summary>What became of a deployment.</summary>
public sealed record DeploymentResult
{
    /// <summary>How it ended.</summary>
    public required DeploymentOutcome Outcome { get; init; }

    /// <summary>What had to be done.</summary>
    public DeploymentPlan Plan { get; init; } = DeploymentPlan.Empty;

    /// <summary>HAProxy's messages and our own findings; empty where all went well.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>
    /// What HAProxy's files leave out that a reload needs in production, where one was carried out or begun: no <c>hard-stop-after</c>, stick
    /// tables without <c>peers</c>. It changes no outcome, and is not compared.
    /// </summary>
    public ImmutableArray<Diagnostic> Warnings { get; init; } = [];

    /// <summary>The configuration that was wanted, in which the places of <see cref="Diagnostics"/> lie; null where none came about.</summary>
    public ConfigDocument? Candidate { get; init; }

    /// <summary>The content hash of the file as it stands now.</summary>
    public required string Revision { get; init; }

    /// <summary>The process id of the worker that serves, or null where HAProxy does not answer.</summary>
    public int? WorkerPid { get; init; }

    /// <summary>Whether HAProxy was reloaded for it.</summary>
    public bool Reloaded { get; init; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>How long it took from then on, with the wait for others and for the interval between reloads.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How long HAProxy took to check the configuration before; null where that was not needed.</summary>
    public TimeSpan? CheckDuration { get; init; }

    /// <summary>How long the reload took, until the new worker had shown that it serves; null where there was none.</summary>
    public TimeSpan? ReloadDuration { get; init; }

    /// <summary>
    /// The steps that were taken at run time, and what HAProxy said. Where a later request that went with this one asked for something
    /// else of the same server, only that is here.
    /// </summary>
    public ImmutableArray<AppliedStep> AppliedSteps { get; init; } = [];

    /// <summary>Whether lines that this change did not touch are what HAProxy refuses.</summary>
    public bool IsOperatorsFault { get; init; }

    /// <summary>The servers that the change took out, or that it added before it was undone, and that go once they have no sessions any more.</summary>
    public ImmutableArray<ServerDrainage> Drainages { get; init; } = [];

    /// <summary>
    /// The servers of managed proxies that somebody has taken out of service at run time, as they were seen before the change, of the proxies in
    /// <see cref="SeenProxies"/>. They are left so, whatever else was done of them; HAProxy sends them no traffic, or no new one. Not compared.
    /// </summary>
    public ImmutableArray<HeldServer> HeldServers { get; init; } = [];

    /// <summary>The proxies that were looked at before the change; null for all. Not compared.</summary>
    public IReadOnlySet<string>? SeenProxies { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Two results are equal when all their members are, whenever it was and however long it took.</summary>
    /// <param name="other">The result to compare with.</param>
    /// <returns>True when both say the same.</returns>
    public bool Equals(DeploymentResult? other) =>
        other is not null
        && Outcome == other.Outcome
        && Plan == other.Plan
        && Diagnostics.SequenceEqual(other.Diagnostics)
        && ReferenceEquals(Candidate, other.Candidate)
        && Revision == other.Revision
        && WorkerPid == other.WorkerPid
        && Reloaded == other.Reloaded
        && AppliedSteps.Select(step => step.Step).SequenceEqual(other.AppliedSteps.Select(step => step.Step))
        && IsOperatorsFault == other.IsOperatorsFault;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Outcome, Plan, Revision, WorkerPid);
}
