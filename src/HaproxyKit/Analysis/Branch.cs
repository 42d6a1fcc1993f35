namespace HaproxyKit.Analysis;

/// <summary>Where a line stands between <c>.if</c> and <c>.endif</c>; null stands for lines outside of any.</summary>
/// <param name="Parent">The branch around the <c>.if</c>.</param>
/// <param name="Condition">The <c>.if</c>, by a number of its own.</param>
/// <param name="Ordinal">Which of its branches this is.</param>
/// <param name="IsCertain">Whether HAProxy of the version meant certainly reads this branch and those around it.</param>
internal sealed record Branch(Branch? Parent, int Condition, int Ordinal, bool IsCertain)
{
    /// <summary>Whether HAProxy never reads both of two lines.</summary>
    internal static bool AreExclusive(Branch? left, Branch? right)
    {
        for (var a = left; a is not null; a = a.Parent)
        {
            for (var b = right; b is not null; b = b.Parent)
            {
                if (a.Condition == b.Condition && a.Ordinal != b.Ordinal)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether HAProxy reads one line wherever it reads another: the other's branch is the same or within.</summary>
    internal static bool Covers(Branch? definition, Branch? use)
    {
        if (definition is null || definition.IsCertain)
        {
            return true;
        }

        for (var b = use; b is not null; b = b.Parent)
        {
            if (b == definition)
            {
                return true;
            }
        }

        return false;
    }
}
