using System.Collections.Immutable;
using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Planning.Steps;

/// <summary>An acl file gets other patterns, all in one step (<c>prepare acl</c>, <c>add acl</c>, <c>commit acl</c>).</summary>
/// <param name="Path">The file as the configuration names it.</param>
/// <param name="Patterns">The patterns in order.</param>
/// <remarks>A file that the worker has not loaded is none of its business: nothing is done, and that is as wanted.</remarks>
public sealed record ReplaceAcl(string Path, ImmutableArray<string> Patterns) : RuntimeStep
{
    /// <inheritdoc/>
    public override string Description =>
        $"replace the patterns of {Path} ({Patterns.Length} {(Patterns.Length == 1 ? "pattern" : "patterns")})";

    /// <inheritdoc/>
    public override string? Proxy => null;

    /// <summary>Two steps are equal when they give the same file the same patterns.</summary>
    /// <param name="other">The step to compare with.</param>
    /// <returns>True when all parts are equal.</returns>
    public bool Equals(ReplaceAcl? other) =>
        other is not null && Path == other.Path && Patterns.SequenceEqual(other.Patterns, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Path, Patterns.Length);

    internal override async Task<RuntimeChange> SendAsync(RuntimeClient runtime, CancellationToken cancellationToken)
    {
        var change = await runtime.ReplaceAclAsync(Path, Patterns, cancellationToken).ConfigureAwait(false);
        return change.Outcome == RuntimeOutcome.NotFound ? change with { Outcome = RuntimeOutcome.Unchanged } : change;
    }

    /// <summary>The running state says nothing of acl files.</summary>
    internal override bool HoldsIn(RunningState state) => false;

    internal override async ValueTask<bool> HoldsAsync(RuntimeClient runtime, RunningState state, CancellationToken cancellationToken) =>
        await runtime.ShowAclAsync(Path, version: null, cancellationToken).ConfigureAwait(false) is not { } present
        || present.Select(entry => entry.Key).SequenceEqual(Patterns, StringComparer.Ordinal);
}
