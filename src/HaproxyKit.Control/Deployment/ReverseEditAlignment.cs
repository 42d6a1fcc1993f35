namespace HaproxyKit.Control.Deployment;

/// <summary>
/// Pairs the equal lines of two texts in their order: those at both ends, those that each text has once, and those beside such. Where a line
/// stands several times and nothing tells which is which, it has no partner.
/// </summary>
internal static class ReverseEditAlignment
{
    internal const int None = -1;

    /// <summary>For each line of the first text its partner in the second, rising, or <see cref="None"/>.</summary>
    internal static int[] Align(int[] first, int[] second)
    {
        var partners = new int[first.Length];
        Array.Fill(partners, None);
        var (from, end, secondEnd) = (0, first.Length, second.Length);
        PairEnds(first, second, ref from, ref end, from, ref secondEnd, partners);
        var (at, secondAt) = (from, from);
        foreach (var (anchor, secondAnchor) in Anchors(first, second, from, end, secondEnd))
        {
            var (a, b) = (anchor, secondAnchor);
            PairEnds(first, second, ref at, ref a, secondAt, ref b, partners);
            partners[anchor] = secondAnchor;
            (at, secondAt) = (anchor + 1, secondAnchor + 1);
        }

        PairEnds(first, second, ref at, ref end, secondAt, ref secondEnd, partners);
        return partners;
    }

    private static void PairEnds(int[] first, int[] second, ref int from, ref int end, int secondFrom, ref int secondEnd, int[] partners)
    {
        while (from < end && secondFrom < secondEnd && first[from] == second[secondFrom])
        {
            partners[from++] = secondFrom++;
        }

        while (from < end && secondFrom < secondEnd && first[end - 1] == second[secondEnd - 1])
        {
            partners[--end] = --secondEnd;
        }
    }

    /// <summary>Lines that stand once in each range, as many as stand in one order in both.</summary>
    private static List<(int First, int Second)> Anchors(int[] first, int[] second, int from, int end, int secondEnd)
    {
        var places = Once(second, from, secondEnd);
        var pairs = Once(first, from, end)
            .Where(line => line.Value != None && places.GetValueOrDefault(line.Key, None) != None)
            .Select(line => (First: line.Value, Second: places[line.Key]))
            .OrderBy(pair => pair.First)
            .ToList();

        // The longest rising run: for each length the pair that ends it lowest, and for each pair the one before it.
        var ends = new List<int>();
        var before = new int[pairs.Count];
        for (var i = 0; i < pairs.Count; i++)
        {
            var place = ends.BinarySearch(i, Comparer<int>.Create((x, y) => pairs[x].Second.CompareTo(pairs[y].Second)));
            place = ~place;
            before[i] = place == 0 ? None : ends[place - 1];
            ends.RemoveRange(place, place < ends.Count ? 1 : 0);
            ends.Insert(place, i);
        }

        var run = new List<(int, int)>();
        for (var i = ends.Count == 0 ? None : ends[^1]; i != None; i = before[i])
        {
            run.Add(pairs[i]);
        }

        run.Reverse();
        return run;
    }

    /// <summary>The place of each line that stands once, and <see cref="None"/> for those that stand there again.</summary>
    private static Dictionary<int, int> Once(int[] lines, int from, int end)
    {
        var places = new Dictionary<int, int>();
        for (var i = from; i < end; i++)
        {
            places[lines[i]] = places.ContainsKey(lines[i]) ? None : i;
        }

        return places;
    }
}
