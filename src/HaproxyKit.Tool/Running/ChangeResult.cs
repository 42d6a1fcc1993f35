using System.Collections.Immutable;
using HaproxyKit.Control.Deployment;

namespace HaproxyKit.Tool.Running;

/// <summary>What became of a change.</summary>
/// <param name="Deployment">How it ended.</param>
/// <param name="Number">Its number in the history, or null where it is not there.</param>
internal sealed record ChangeResult(DeploymentResult Deployment, int? Number)
{
    /// <summary>What became of the servers that went.</summary>
    internal ImmutableArray<DrainedServer> Drained { get; init; } = [];
}
