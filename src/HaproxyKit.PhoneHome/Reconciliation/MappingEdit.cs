using System.Collections.Immutable;
using HaproxyKit.PhoneHome.Mappings;
using HaproxyKit.Syntax;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>The change of HAProxy's file that makes it hold certain mappings.</summary>
internal sealed record MappingEdit
{
    /// <summary>How sections are written.</summary>
    internal required MappingSections Sections { get; init; }

    /// <summary>Tells by backend and name of a server on which sessions of a node that is gone still end.</summary>
    internal required Func<string, string, bool> IsDraining { get; init; }

    /// <summary>The ports whose sections stay as they are, where they are there.</summary>
    internal IReadOnlySet<int> Untouched { get; init; } = ImmutableHashSet<int>.Empty;

    /// <summary>Whether the incumbent's sections are mappings, and so may be replaced and removed.</summary>
    internal bool TakesOverIncumbent { get; init; }

    /// <summary>The ports whose mappings were deleted.</summary>
    internal IReadOnlySet<int> Gone { get; init; } = ImmutableHashSet<int>.Empty;

    /// <summary>Which servers nodes had last, where that may be others than stand in the file; null where it may not.</summary>
    internal ServedSlots? Served { get; init; }

    /// <summary>Makes a configuration hold exactly these mappings.</summary>
    internal ConfigDocument Apply(ConfigDocument current, DesiredMappings wanted)
    {
        var incumbents = TakesOverIncumbent ? IncumbentSections.Find(current) : [];
        if (incumbents.Count == 0)
        {
            return Sections.Apply(current, wanted.All, IsDraining, Untouched.Contains, Served);
        }

        // What the incumbent has written stays byte for byte as long as it says what is wanted: so taking it over needs no reload.
        var ours = MappingSections.Read(current).Select(mapping => mapping.FrontendPort).ToHashSet();
        var kept = incumbents.Where(section => !ours.Contains(section.Port) && wanted[section.Port] is { } mapping && section.Says(mapping)).ToList();
        var replaced = incumbents.Except(kept).Where(section => wanted[section.Port] is not null || Gone.Contains(section.Port));
        var ports = kept.Select(section => section.Port).ToHashSet();
        return Sections.Apply(
            IncumbentSections.Remove(current, replaced),
            wanted.All.Where(mapping => !ports.Contains(mapping.FrontendPort)),
            IsDraining,
            Untouched.Contains,
            Served);
    }
}
