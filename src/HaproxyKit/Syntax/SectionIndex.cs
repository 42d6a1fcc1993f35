using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace HaproxyKit.Syntax;

/// <summary>
/// Which sections have a name. Built once, shared by all documents that have the same headers in the same
/// order, and carried on where sections are added at the end. Several sections may
/// have one name: <c>.if</c> and <c>.else</c> may both define it.
/// </summary>
internal sealed class SectionIndex
{
    private readonly Dictionary<(SectionKind, string), ImmutableArray<int>> _byName = [];

    /// <summary>Sections added at the end since, so that adding many does not build the index anew for each.</summary>
    private readonly ImmutableDictionary<(SectionKind, string), ImmutableArray<int>> _added =
        ImmutableDictionary<(SectionKind, string), ImmutableArray<int>>.Empty;

    internal SectionIndex(ConfigDocument document)
    {
        var ordinal = 0;
        var repeated = new Dictionary<(SectionKind, string), List<int>>();
        foreach (var section in document.Sections)
        {
            var key = (section.Kind, section.Name);
            ref var ordinals = ref CollectionsMarshal.GetValueRefOrAddDefault(_byName, key, out var isKnown);
            if (!isKnown)
            {
                ordinals = [ordinal];
            }
            else
            {
                ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(repeated, key, out _);
                list ??= [ordinals[0]];
                list.Add(ordinal);
            }

            ordinal++;
        }

        foreach (var (key, ordinals) in repeated)
        {
            _byName[key] = [.. ordinals];
        }
    }

    private SectionIndex(SectionIndex before, ImmutableDictionary<(SectionKind, string), ImmutableArray<int>> added) =>
        (_byName, _added) = (before._byName, added);

    internal ImmutableArray<int> Find(SectionKind kind, string name)
    {
        var known = _byName.TryGetValue((kind, name), out var ordinals);
        return !_added.TryGetValue((kind, name), out var added) ? (known ? ordinals : [])
            : known ? [.. ordinals, .. added]
            : added;
    }

    /// <summary>The index of a document in which a run of sections became another one.</summary>
    /// <param name="first">The first section of the run.</param>
    /// <param name="old">The sections of the run before.</param>
    /// <param name="changed">The sections of the run now.</param>
    /// <param name="reachesEnd">Whether the run is the end of the document.</param>
    /// <returns>Null where it must be built anew, because other sections have moved or have another name.</returns>
    internal SectionIndex? After(
        int first, IReadOnlyList<SectionSyntax> old, IReadOnlyList<SectionSyntax> changed, bool reachesEnd)
    {
        if (changed.Count < old.Count || (changed.Count > old.Count && !reachesEnd))
        {
            return null;
        }

        for (var i = 0; i < old.Count; i++)
        {
            if (changed[i].Kind != old[i].Kind || changed[i].Name != old[i].Name)
            {
                return null;
            }
        }

        var added = _added;
        for (var i = old.Count; i < changed.Count; i++)
        {
            var key = (changed[i].Kind, changed[i].Name);
            added = added.SetItem(key, added.TryGetValue(key, out var ordinals) ? ordinals.Add(first + i) : [first + i]);
        }

        return ReferenceEquals(added, _added) ? this : new SectionIndex(this, added);
    }
}
