using System.Collections.Immutable;
using HaproxyKit.Control.Planning.Steps;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Control.Planning;

/// <summary>What has to be done for HAProxy to follow a configuration, in order.</summary>
/// <param name="Steps">The steps; none where the running HAProxy follows already.</param>
public sealed record DeploymentPlan(ImmutableArray<DeploymentStep> Steps)
{
    /// <summary>The plan without a step.</summary>
    public static DeploymentPlan Empty { get; } = new([]);

    /// <summary>Whether nothing has to be done.</summary>
    public bool IsEmpty => Steps.IsEmpty;

    /// <summary>Whether a step needs a reload. Then the reload does it all, since the file is written first.</summary>
    public bool NeedsReload => Steps.Any(step => step is ReloadStep);

    /// <summary>
    /// What the configuration leaves out that a reload needs in production; only where the plan needs one, and whoever made it knows which
    /// files HAProxy reads. It is not compared.
    /// </summary>
    public ImmutableArray<Diagnostic> Warnings { get; init; } = [];

    /// <summary>The steps for the Runtime API.</summary>
    public IEnumerable<RuntimeStep> Commands => Steps.OfType<RuntimeStep>();

    /// <summary>The proxies whose running state shows whether the commands were carried out.</summary>
    internal IReadOnlySet<string> TouchedProxies() => Commands.Select(step => step.Proxy).OfType<string>().ToHashSet(StringComparer.Ordinal);

    /// <summary>Two plans are equal when their steps are.</summary>
    /// <param name="other">The plan to compare with.</param>
    /// <returns>True when both have the same steps in the same order.</returns>
    public bool Equals(DeploymentPlan? other) => other is not null && Steps.SequenceEqual(other.Steps);

    /// <inheritdoc/>
    public override int GetHashCode() => Steps.Aggregate(0, HashCode.Combine);

    /// <summary>The plan for people, a line a step.</summary>
    /// <returns>The descriptions of the steps.</returns>
    public override string ToString() => string.Join('\n', Steps.Select(step => step.Description));
}
