namespace HaproxyKit.Analysis;

/// <summary>Where a line stands between <c>.if</c> and <c>.endif</c>; null stands for lines outside of any.</summary>
/// <param name="Number">Its number among all branches, from 1.</param>
/// <param name="Parent">The branch around the <c>.if</c>.</param>
/// <param name="Condition">The <c>.if</c>, by a number of its own.</param>
/// <param name="Ordinal">Which of its branches this is.</param>
/// <param name="IsCertain">Whether HAProxy of the version meant certainly reads this branch and those around it.</param>
internal sealed record Branch(int Number, Branch? Parent, int Condition, int Ordinal, bool IsCertain)
{
    /// <summary>Whether HAProxy never reads both of two lines.</summary>
    internal static bool AreExclusive(Branch? left, Branch? right)
    {
        // The numbers grow from the outer condition to the inner one.
        var (a, b) = (left, right);
        while (a is not null && b is not null)
        {
            if (a.Condition == b.Condition && a.Ordinal != b.Ordinal)
            {
                return true;
            }

            var (inner, other) = (a.Condition, b.Condition);
            a = inner >= other ? a.Parent : a;
            b = other >= inner ? b.Parent : b;
        }

        return false;
    }
}
