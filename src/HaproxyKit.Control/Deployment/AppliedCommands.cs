using System.Collections.Immutable;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Control.Deployment;

/// <summary>Whether commands of the Runtime API did what was wanted, on which worker, and if not, why.</summary>
internal sealed record AppliedCommands(bool IsDone, int? WorkerPid, string Reason)
{
    /// <summary>What is to be said although it was done.</summary>
    internal ImmutableArray<Diagnostic> Remarks { get; init; } = [];
}
