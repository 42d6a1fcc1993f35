using System.Collections.Immutable;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Control.Deployment;

/// <summary>How far changes were undone.</summary>
/// <param name="Revision">The content hash of the file as it stands now.</param>
/// <param name="WorkerPid">The worker that serves, or null where HAProxy does not answer.</param>
/// <param name="IsReloaded">Whether HAProxy was told to load the old lines again.</param>
/// <param name="Trouble">What could not be undone.</param>
internal sealed record ReversalResult(string Revision, int? WorkerPid, bool IsReloaded, ImmutableArray<Diagnostic> Trouble)
{
    /// <summary>What was done at run time to take the changes back.</summary>
    internal ImmutableArray<AppliedStep> Steps { get; init; } = [];

    /// <summary>Whether the file has lost the changes again.</summary>
    internal required bool IsWrittenBack { get; init; }

    /// <summary>Whether file and HAProxy are as they were.</summary>
    internal required bool IsComplete { get; init; }
}
