using System.Collections.Immutable;
using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Planning.Steps;

/// <summary>A map gets other entries, all in one step (<c>prepare map</c>, <c>add map</c>, <c>commit map</c>).</summary>
/// <param name="Path">The map's file as the configuration names it.</param>
/// <param name="Entries">The entries in order; of several of one key HAProxy takes the first.</param>
/// <remarks>A map that the worker has not loaded is none of its business: nothing is done, and that is as wanted.</remarks>
public sealed record ReplaceMap(string Path, ImmutableArray<KeyValuePair<string, string>> Entries) : RuntimeStep
{
    /// <inheritdoc/>
    public override string Description => $"replace the map {Path} ({Entries.Length} {(Entries.Length == 1 ? "entry" : "entries")})";

    /// <inheritdoc/>
    public override string? Proxy => null;

    /// <summary>Two steps are equal when they give the same map the same entries.</summary>
    /// <param name="other">The step to compare with.</param>
    /// <returns>True when all parts are equal.</returns>
    public bool Equals(ReplaceMap? other) => other is not null && Path == other.Path && Entries.SequenceEqual(other.Entries);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Path, Entries.Length);

    internal override async Task<RuntimeChange> SendAsync(RuntimeClient runtime, CancellationToken cancellationToken)
    {
        var change = await runtime.ReplaceMapAsync(Path, Entries, cancellationToken).ConfigureAwait(false);
        return change.Outcome == RuntimeOutcome.NotFound ? change with { Outcome = RuntimeOutcome.Unchanged } : change;
    }

    /// <summary>The running state says nothing of maps.</summary>
    internal override bool HoldsIn(RunningState state) => false;

    internal override async ValueTask<bool> HoldsAsync(RuntimeClient runtime, RunningState state, CancellationToken cancellationToken) =>
        await runtime.ShowMapAsync(Path, version: null, cancellationToken).ConfigureAwait(false) is not { } present
        || present.Select(entry => KeyValuePair.Create(entry.Key, entry.Value)).SequenceEqual(Entries);
}
