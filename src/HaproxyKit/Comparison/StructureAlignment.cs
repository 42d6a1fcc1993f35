namespace HaproxyKit.Comparison;

/// <summary>Which conditions and scopes of two documents are the same lines.</summary>
internal static class StructureAlignment
{
    /// <summary>For each line of the first its partner in the second; partners stand in the same order.</summary>
    internal static int[] Align(List<StructureLine> first, List<StructureLine> second)
    {
        var partners = SequenceAligner.Align([.. first.Select(line => line.Key)], [.. second.Select(line => line.Key)]);
        var paired = Enumerable.Range(0, partners.Length).Where(i => partners[i] != SequenceAligner.None).ToList();
        foreach (var moved in LongestOrder.OutOfOrder([.. paired.Select(i => partners[i])]))
        {
            partners[paired[moved]] = SequenceAligner.None;
        }

        PairChanged(first, second, partners);
        return partners;
    }

    /// <summary>Between lines that are the same, a line with the same keyword is a changed one.</summary>
    private static void PairChanged(List<StructureLine> first, List<StructureLine> second, int[] partners)
    {
        var (at, secondAt) = (0, 0);
        for (var i = 0; i <= first.Count; i++)
        {
            if (i < first.Count && partners[i] == SequenceAligner.None)
            {
                continue;
            }

            var secondEnd = i < first.Count ? partners[i] : second.Count;
            PairChanged(first, second, partners, at..i, secondAt..secondEnd);
            (at, secondAt) = (i + 1, secondEnd + 1);
        }
    }

    private static void PairChanged(
        List<StructureLine> first, List<StructureLine> second, int[] partners, Range gap, Range secondGap)
    {
        var free = new Dictionary<string, Queue<int>>(StringComparer.Ordinal);
        for (var i = secondGap.Start.Value; i < secondGap.End.Value; i++)
        {
            if (!free.TryGetValue(second[i].Keyword, out var places))
            {
                free.Add(second[i].Keyword, places = []);
            }

            places.Enqueue(i);
        }

        var last = -1;
        for (var i = gap.Start.Value; i < gap.End.Value && free.Count > 0; i++)
        {
            var places = free.GetValueOrDefault(first[i].Keyword);
            while (places is not null && places.TryDequeue(out var place))
            {
                if (place > last)
                {
                    partners[i] = last = place;
                    break;
                }
            }
        }
    }
}
