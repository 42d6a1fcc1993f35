using System.Collections.Immutable;

namespace HaproxyKit.Control.Planning.Steps;

/// <summary>HAProxy must read its configuration anew (management guide, chapter 4).</summary>
/// <param name="Reason">Why the Runtime API does not do.</param>
public sealed record ReloadStep(string Reason) : DeploymentStep
{
    /// <summary>
    /// What the reason is about: sections by their names, or by their keyword where they have none, and files by their paths; empty where it is
    /// about HAProxy as a whole. It is not compared: the reason says it too.
    /// </summary>
    public ImmutableArray<string> Subjects { get; init; } = [];

    /// <inheritdoc/>
    public override string Description => $"reload: {Reason}";

    /// <summary>Two steps are equal when their reasons are.</summary>
    /// <param name="other">The step to compare with.</param>
    /// <returns>True when both say the same.</returns>
    public bool Equals(ReloadStep? other) => other is not null && string.Equals(Reason, other.Reason, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Reason.GetHashCode(StringComparison.Ordinal);
}
