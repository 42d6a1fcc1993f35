namespace HaproxyKit.Comparison;

/// <summary>
/// Finds the most elements that can stay where they are: what is left over has moved. Takes n log n steps.
/// </summary>
internal static class LongestOrder
{
    /// <summary>The places of the elements that are not in the longest run of values that never falls.</summary>
    /// <param name="values">The values, in order.</param>
    internal static List<int> OutOfOrder(IReadOnlyList<int> values)
    {
        var moved = new List<int>();
        if (IsOrdered(values))
        {
            return moved;
        }

        // The place of the least value that ends a run of each length, and before each element the one that it follows.
        var ends = new List<int>();
        var before = new int[values.Count];
        for (var i = 0; i < values.Count; i++)
        {
            var (from, to) = (0, ends.Count);
            while (from < to)
            {
                var middle = (from + to) / 2;
                (from, to) = values[ends[middle]] <= values[i] ? (middle + 1, to) : (from, middle);
            }

            before[i] = from == 0 ? -1 : ends[from - 1];
            if (from == ends.Count)
            {
                ends.Add(i);
            }
            else
            {
                ends[from] = i;
            }
        }

        var isKept = new bool[values.Count];
        for (var i = ends[^1]; i >= 0; i = before[i])
        {
            isKept[i] = true;
        }

        moved.AddRange(Enumerable.Range(0, values.Count).Where(i => !isKept[i]));
        return moved;
    }

    private static bool IsOrdered(IReadOnlyList<int> values)
    {
        for (var i = 1; i < values.Count; i++)
        {
            if (values[i - 1] > values[i])
            {
                return false;
            }
        }

        return true;
    }
}
