namespace HaproxyKit.Analysis;

/// <summary>All branches of the files of an analysis, by their numbers; 0 stands for lines outside of any.</summary>
internal sealed class BranchList
{
    private readonly List<Branch?> _branches = [null];
    private int _conditions;

    internal Branch? this[int number] => _branches[number];

    /// <summary>A number for another <c>.if</c>.</summary>
    internal int NextCondition() => ++_conditions;

    internal Branch Add(Branch? parent, int condition, int ordinal, bool isCertain)
    {
        var branch = new Branch(_branches.Count, parent, condition, ordinal, isCertain);
        _branches.Add(branch);
        return branch;
    }

    /// <summary>Whether HAProxy never reads both of two places.</summary>
    internal bool AreExclusive(Site left, Site right) =>
        left.Branch != 0 && right.Branch != 0 && Branch.AreExclusive(_branches[left.Branch], _branches[right.Branch]);
}
