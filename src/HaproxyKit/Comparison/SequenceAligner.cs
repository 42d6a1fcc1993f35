using System.Runtime.InteropServices;

namespace HaproxyKit.Comparison;

/// <summary>
/// Pairs the equal elements of two sequences: equal ends first, then elements that are there once in each, then what
/// is equal beside those, then the rest wherever it is. Takes n log n steps, however often elements repeat.
/// </summary>
internal static class SequenceAligner
{
    internal const int None = -1;

    /// <summary>For each element of the first sequence its partner in the second, or <see cref="None"/>.</summary>
    /// <remarks>
    /// As many elements are paired as can be: of each value, as many as both have. Equal elements are paired in order.
    /// </remarks>
    internal static int[] Align(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        var partners = new int[first.Length];
        Array.Fill(partners, None);
        var (from, end, secondEnd) = PairEnds(first, second, 0, first.Length, 0, second.Length, partners);
        if (from < end && from < secondEnd)
        {
            PairBetweenAnchors(first, second, from, end, secondEnd, partners);
            PairRest(first, second, partners);
            PairInOrder(first, partners);
        }

        return partners;
    }

    private static void PairBetweenAnchors(
        ReadOnlySpan<int> first, ReadOnlySpan<int> second, int from, int end, int secondEnd, int[] partners)
    {
        var (at, secondAt) = (from, from);
        foreach (var (anchor, secondAnchor) in Anchors(first[from..end], second[from..secondEnd]))
        {
            var (a, b) = (from + anchor, from + secondAnchor);
            PairEnds(first, second, at, a, secondAt, b, partners);
            partners[a] = b;
            (at, secondAt) = (a + 1, b + 1);
        }

        PairEnds(first, second, at, end, secondAt, secondEnd, partners);
    }

    /// <summary>Pairs equal elements at both ends of two ranges, and tells what is left of these.</summary>
    private static (int From, int End, int SecondEnd) PairEnds(
        ReadOnlySpan<int> first,
        ReadOnlySpan<int> second,
        int from,
        int end,
        int secondFrom,
        int secondEnd,
        int[] partners)
    {
        while (from < end && secondFrom < secondEnd && first[from] == second[secondFrom])
        {
            partners[from++] = secondFrom++;
        }

        while (from < end && secondFrom < secondEnd && first[end - 1] == second[secondEnd - 1])
        {
            partners[--end] = --secondEnd;
        }

        return (from, end, secondEnd);
    }

    /// <summary>Elements that each range has once, as many as stand in the same order in both.</summary>
    private static IEnumerable<(int First, int Second)> Anchors(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        var places = new Dictionary<int, (int Count, int SecondCount, int SecondPlace)>();
        foreach (var value in first)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(places, value, out _).Count++;
        }

        for (var i = 0; i < second.Length; i++)
        {
            ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, second[i], out _);
            place.SecondCount++;
            place.SecondPlace = i;
        }

        var unique = new List<(int First, int Second)>();
        for (var i = 0; i < first.Length; i++)
        {
            if (places[first[i]] is (1, 1, var place))
            {
                unique.Add((i, place));
            }
        }

        var moved = LongestOrder.OutOfOrder([.. unique.Select(pair => pair.Second)]).ToHashSet();
        return unique.Where((_, i) => !moved.Contains(i));
    }

    private static void PairRest(ReadOnlySpan<int> first, ReadOnlySpan<int> second, int[] partners)
    {
        var isTaken = new bool[second.Length];
        foreach (var partner in partners)
        {
            if (partner != None)
            {
                isTaken[partner] = true;
            }
        }

        var free = new Dictionary<int, Queue<int>>();
        for (var i = 0; i < second.Length; i++)
        {
            if (!isTaken[i])
            {
                ref var places = ref CollectionsMarshal.GetValueRefOrAddDefault(free, second[i], out _);
                (places ??= []).Enqueue(i);
            }
        }

        for (var i = 0; i < first.Length; i++)
        {
            if (partners[i] == None && free.TryGetValue(first[i], out var places) && places.TryDequeue(out var place))
            {
                partners[i] = place;
            }
        }
    }

    /// <summary>Equal elements are one like the other, so that none of them need have passed another.</summary>
    private static void PairInOrder(ReadOnlySpan<int> first, int[] partners)
    {
        var groups = new Dictionary<int, (List<int> Places, List<int> Partners)>();
        for (var i = 0; i < partners.Length; i++)
        {
            if (partners[i] != None)
            {
                ref var group = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, first[i], out var isKnown);
                group = isKnown ? group : ([], []);
                group.Places.Add(i);
                group.Partners.Add(partners[i]);
            }
        }

        foreach (var (places, partnersOfGroup) in groups.Values)
        {
            partnersOfGroup.Sort();
            for (var i = 0; i < places.Count; i++)
            {
                partners[places[i]] = partnersOfGroup[i];
            }
        }
    }
}
