using System.Collections.Immutable;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>What a journal says.</summary>
/// <param name="Mappings">The wanted mappings.</param>
/// <param name="Gone">The ports whose mappings were deleted: one that still stands in HAProxy's file is not to come back from there.</param>
internal sealed record StoredState(DesiredMappings Mappings, ImmutableHashSet<int> Gone)
{
    internal static StoredState Empty { get; } = new(DesiredMappings.Empty, []);

    internal StoredState Apply(StoredLine line) =>
        line.Set?.FrontendPort is { } port ? new(Mappings.With(line.Set.ToMapping()), Gone.Remove(port))
        : line.Gone is { } gone ? new(Mappings.Without(gone), Gone.Add(gone))
        : this;
}
