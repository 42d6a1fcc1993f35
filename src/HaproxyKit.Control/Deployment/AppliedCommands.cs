using System.Collections.Immutable;
using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Control.Deployment;

/// <summary>Whether commands of the Runtime API did what was wanted, on which worker, and if not, why.</summary>
internal sealed record AppliedCommands(bool IsDone, WorkerIdentity? Worker, string Reason)
{
    internal int? WorkerPid => Worker?.WorkerPid;

    /// <summary>What is to be said although it was done.</summary>
    internal ImmutableArray<Diagnostic> Remarks { get; init; } = [];

    /// <summary>Where HAProxy did not answer any more: why.</summary>
    internal Diagnostic? Unreachable { get; init; }

    /// <summary>What HAProxy answered to each.</summary>
    internal ImmutableArray<AppliedStep> Steps { get; init; } = [];

    /// <summary>Nothing had to be done.</summary>
    internal static AppliedCommands None(WorkerIdentity? worker) => new(true, worker, "");

    /// <summary>The answers to the steps of a plan.</summary>
    internal ImmutableArray<AppliedStep> Of(DeploymentPlan plan) => [.. Steps.Where(step => plan.Steps.Contains(step.Step))];
}
