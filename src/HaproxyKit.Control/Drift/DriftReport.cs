using System.Collections.Immutable;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Control.Drift;

/// <summary>In what a file, the HAProxy that reads it, and what was last deployed differ at one moment.</summary>
public sealed record DriftReport
{
    /// <summary>When it was looked.</summary>
    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>The content hash of the file, or null where it cannot be read.</summary>
    public required string? Revision { get; init; }

    /// <summary>The process id of the worker that was asked, or null where HAProxy does not answer; then it was not compared.</summary>
    public required int? WorkerPid { get; init; }

    /// <summary>The differences; none where all is as it should be.</summary>
    public ImmutableArray<DriftItem> Items { get; init; } = [];

    /// <summary>What kept us from comparing; empty where nothing did.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>Whether something is not as it should be that is no operator's doing at run time.</summary>
    public bool HasDrift => Items.Any(item => !item.IsByHand);

    /// <summary>
    /// The deployment that makes HAProxy follow the file again; it is planned, carried out, read back and undone like any other. It does
    /// not touch the file: what somebody has edited there stands. A proxy in which anything is repaired runs exactly as the file says then,
    /// weights set by hand included; servers that an operator drains or has put into maintenance stay so.
    /// </summary>
    /// <param name="isManaged">
    /// The proxies in which what was done by hand counts as a difference too; null for none.
    /// </param>
    /// <returns>The request for <see cref="Deployer.ApplyAsync"/>, or null where there is nothing to repair.</returns>
    public DeploymentRequest? ToRequest(Func<string, bool>? isManaged = null)
    {
        var proxies = Items.Where(item => item.Proxy is not null && (!item.IsByHand || isManaged?.Invoke(item.Proxy) == true))
            .Select(item => item.Proxy!)
            .ToHashSet(StringComparer.Ordinal);
        return proxies.Count == 0 ? null : new DeploymentRequest
        {
            Edit = static document => document,
            IsManaged = proxies.Contains,
        };
    }

    /// <summary>Two reports are equal when they say the same of the same moment.</summary>
    /// <param name="other">The report to compare with.</param>
    /// <returns>True when all members are equal.</returns>
    public bool Equals(DriftReport? other) =>
        other is not null && CheckedAt == other.CheckedAt && Revision == other.Revision && IsSameStateAs(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(CheckedAt, Revision, WorkerPid, Items.Length);

    /// <summary>Whether the differences are the same, whenever it was looked.</summary>
    internal bool IsSameStateAs(DriftReport? other) =>
        other is not null && WorkerPid == other.WorkerPid && Items.SequenceEqual(other.Items) && Diagnostics.SequenceEqual(other.Diagnostics);
}
