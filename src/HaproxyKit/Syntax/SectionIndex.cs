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

    internal ImmutableArray<int> Find(SectionKind kind, string name) => _byName.TryGetValue((kind, name), out var ordinals) ? ordinals : [];
}
