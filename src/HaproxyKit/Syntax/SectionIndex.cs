using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace HaproxyKit.Syntax;

/// <summary>
/// Which sections have a name. Built once and shared by all documents that have the same headers in the same order. Several sections may
/// have one name: <c>.if</c> and <c>.else</c> may both define it.
/// </summary>
internal sealed class SectionIndex
{
    private readonly Dictionary<(SectionKind, string), ImmutableArray<int>> _byName = [];

    internal SectionIndex(ConfigDocument document)
    {
        var ordinal = 0;
        foreach (var section in document.Sections)
        {
            ref var ordinals = ref CollectionsMarshal.GetValueRefOrAddDefault(_byName, (section.Kind, section.Name), out var known);
            ordinals = known ? ordinals.Add(ordinal) : [ordinal];
            ordinal++;
        }
    }

    internal ImmutableArray<int> Find(SectionKind kind, string name) => _byName.TryGetValue((kind, name), out var ordinals) ? ordinals : [];
}
