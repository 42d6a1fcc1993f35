using System.Collections.Immutable;

namespace HaproxyKit.Comparison;

/// <summary>Which words of a changed line differ.</summary>
internal static class WordComparison
{
    internal static ImmutableArray<WordChange> Compare(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var (old, changed) = (NamedWords.Read(first), NamedWords.Read(second));
        var partners = Align(old, changed);
        var isTaken = new bool[changed.Count];
        foreach (var partner in partners.Where(partner => partner != SequenceAligner.None))
        {
            isTaken[partner] = true;
        }

        var equal = Enumerable.Range(0, old.Count).Where(i => partners[i] != SequenceAligner.None).ToList();
        var changes = LongestOrder.OutOfOrder([.. equal.Select(i => partners[i])])
            .Select(i => Between(ChangeKind.Moved, old[equal[i]], changed[partners[equal[i]]]))
            .ToList();
        PairChanged(old, changed, partners, isTaken, changes);
        changes.AddRange(old.Where((_, i) => partners[i] == SequenceAligner.None).Select(Removed));
        changes.AddRange(changed.Where((_, i) => !isTaken[i]).Select(Added));
        return [.. changes.OrderBy(change => change.NewIndex < 0 ? change.OldIndex : change.NewIndex)];
    }

    private static int[] Align(List<NamedWord> first, List<NamedWord> second)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        int NumberOf(NamedWord word)
        {
            if (!numbers.TryGetValue(word.Key, out var number))
            {
                numbers.Add(word.Key, number = numbers.Count);
            }

            return number;
        }

        var partners = SequenceAligner.Align([.. first.Select(NumberOf)], [.. second.Select(NumberOf)]);
        for (var i = 0; i < partners.Length; i++)
        {
            // A word without a name is known by its place: it does not move.
            var partner = partners[i];
            if (partner != SequenceAligner.None && first[i].Name != second[partner].Name)
            {
                partners[i] = SequenceAligner.None;
            }
        }

        var unnamed = Enumerable.Range(0, first.Count)
            .Where(i => first[i].Name is null && partners[i] != SequenceAligner.None)
            .ToList();
        foreach (var moved in LongestOrder.OutOfOrder([.. unnamed.Select(i => partners[i])]))
        {
            partners[unnamed[moved]] = SequenceAligner.None;
        }

        return partners;
    }

    /// <summary>Words of one name, and words without a name between the same neighbours.</summary>
    private static void PairChanged(
        List<NamedWord> old, List<NamedWord> changed, int[] partners, bool[] isTaken, List<WordChange> changes)
    {
        var free = new Dictionary<(string? Name, int After), Queue<int>>();
        var after = -1;
        var olds = new int[changed.Count];
        Array.Fill(olds, SequenceAligner.None);
        for (var i = 0; i < partners.Length; i++)
        {
            if (partners[i] != SequenceAligner.None)
            {
                olds[partners[i]] = i;
            }
        }

        for (var i = 0; i < changed.Count; i++)
        {
            after = olds[i] != SequenceAligner.None ? olds[i] : after;
            if (!isTaken[i])
            {
                var key = (changed[i].Name, changed[i].Name is null ? after : -1);
                if (!free.TryGetValue(key, out var places))
                {
                    free.Add(key, places = []);
                }

                places.Enqueue(i);
            }
        }

        after = -1;
        for (var i = 0; i < old.Count; i++)
        {
            after = partners[i] != SequenceAligner.None ? i : after;
            if (partners[i] == SequenceAligner.None
                && free.TryGetValue((old[i].Name, old[i].Name is null ? after : -1), out var places)
                && places.TryDequeue(out var place))
            {
                partners[i] = place;
                isTaken[place] = true;
                changes.Add(Between(ChangeKind.Changed, old[i], changed[place]));
            }
        }
    }

    private static WordChange Between(ChangeKind kind, NamedWord old, NamedWord changed) => new()
    {
        Kind = kind,
        Name = old.Name,
        Old = old.Value,
        New = changed.Value,
        OldIndex = old.Index,
        NewIndex = changed.Index,
        HasVariables = old.HasVariables || changed.HasVariables,
    };

    private static WordChange Removed(NamedWord word) => new()
    {
        Kind = ChangeKind.Removed,
        Name = word.Name,
        Old = word.Value,
        OldIndex = word.Index,
        HasVariables = word.HasVariables,
    };

    private static WordChange Added(NamedWord word) => new()
    {
        Kind = ChangeKind.Added,
        Name = word.Name,
        New = word.Value,
        NewIndex = word.Index,
        HasVariables = word.HasVariables,
    };
}
