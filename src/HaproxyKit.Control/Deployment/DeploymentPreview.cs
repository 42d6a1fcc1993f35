using System.Collections.Immutable;
using HaproxyKit.Control.Planning;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Deployment;

/// <summary>What a change would do, found out without doing any of it.</summary>
public sealed record DeploymentPreview
{
    /// <summary>The content hash of the file that the change was planned on.</summary>
    public required string Revision { get; init; }

    /// <summary>What the file holds.</summary>
    public required ConfigDocument Before { get; init; }

    /// <summary>What it would hold.</summary>
    public required ConfigDocument Wanted { get; init; }

    /// <summary>What would have to be done.</summary>
    public required DeploymentPlan Plan { get; init; }

    /// <summary>Whether the configuration may reach HAProxy: no bind is taken, and HAProxy takes it.</summary>
    public required bool IsAccepted { get; init; }

    /// <summary>What was found against it, or why it cannot be judged.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>
    /// What HAProxy's files leave out that a reload needs in production, where the plan needs one: no <c>hard-stop-after</c>, stick tables
    /// without <c>peers</c>.
    /// </summary>
    public ImmutableArray<Diagnostic> Warnings => Plan.Warnings;

    /// <summary>Whether HAProxy answers on its stats socket.</summary>
    public required bool IsReachable { get; init; }

    /// <summary>Whether lines that the change does not touch are what HAProxy refuses.</summary>
    public bool IsOperatorsFault { get; init; }

    /// <summary>Whether the file would be another one.</summary>
    public bool ChangesFile => !Before.ToBytes().AsSpan().SequenceEqual(Wanted.ToBytes());

    /// <summary>Two previews are equal when they say the same of the same documents.</summary>
    /// <param name="other">The preview to compare with.</param>
    /// <returns>True when all members are equal.</returns>
    public bool Equals(DeploymentPreview? other) =>
        other is not null
        && Revision == other.Revision
        && ReferenceEquals(Wanted, other.Wanted)
        && Plan == other.Plan
        && IsAccepted == other.IsAccepted
        && Diagnostics.SequenceEqual(other.Diagnostics)
        && IsReachable == other.IsReachable
        && IsOperatorsFault == other.IsOperatorsFault;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Revision, Plan, IsAccepted);
}
