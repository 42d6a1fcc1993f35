using HaproxyKit.Syntax;

namespace HaproxyKit.Comparison;

/// <summary>
/// Which sections have moved, where that matters: <c>global</c> acts on all sections behind it, <c>defaults</c> on the
/// proxies behind it, certificates must be known before proxies use them, and of sections with one name the first or
/// the last counts.
/// </summary>
internal static class SectionOrder
{
    /// <summary>The sections of the first document that have moved.</summary>
    internal static HashSet<int> FindMoved(SectionSyntax[] first, int[] partners)
    {
        var paired = Enumerable.Range(0, first.Length).Where(i => partners[i] != SequenceAligner.None).ToList();
        var moved = new HashSet<int>();
        if (LongestOrder.OutOfOrder([.. paired.Select(i => partners[i])]).Count == 0)
        {
            return moved;
        }

        moved.UnionWith(FindMoved(paired, partners, i => first[i].Kind == SectionKind.Global, _ => true));
        moved.UnionWith(FindMoved(
            paired, partners, i => first[i].Kind == SectionKind.Defaults, i => IsProxy(first[i].Kind)));
        moved.UnionWith(FindMoved(
            paired, partners,
            i => first[i].Kind is SectionKind.CrtStore or SectionKind.Acme,
            i => IsProxy(first[i].Kind)));
        foreach (var alike in paired.GroupBy(i => (first[i].Kind, first[i].Name)).Where(group => group.Skip(1).Any()))
        {
            var places = alike.ToList();
            moved.UnionWith(LongestOrder.OutOfOrder([.. places.Select(i => partners[i])]).Select(i => places[i]));
        }

        return moved;
    }

    private static bool IsProxy(SectionKind kind) =>
        kind is SectionKind.Frontend or SectionKind.Backend or SectionKind.Listen;

    /// <summary>
    /// Those that act keep their order among each other, and each of the others keeps its place among those; the
    /// others among each other may stand as they like.
    /// </summary>
    private static IEnumerable<int> FindMoved(
        List<int> paired, int[] partners, Func<int, bool> acts, Func<int, bool> isActedOn)
    {
        var all = paired.Where(i => acts(i) || isActedOn(i)).ToList();
        var ranks = new Dictionary<int, int>();
        var run = 0;
        foreach (var i in all.OrderBy(i => partners[i]))
        {
            ranks.Add(i, acts(i) ? (2 * run++) + 1 : 2 * run);
        }

        run = 0;
        var order = all.Select(i => (Place: i, Run: acts(i) ? (2 * run++) + 1 : 2 * run, Rank: ranks[i]))
            .OrderBy(section => section.Run)
            .ThenBy(section => section.Rank)
            .ToList();
        return LongestOrder.OutOfOrder([.. order.Select(section => section.Rank)]).Select(i => order[i].Place);
    }
}
