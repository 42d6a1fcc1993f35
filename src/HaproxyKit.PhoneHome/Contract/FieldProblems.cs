using System.Diagnostics.CodeAnalysis;

namespace HaproxyKit.PhoneHome.Contract;

/// <summary>Collects what is wrong with a request: every field once, and no more than an answer should hold.</summary>
internal sealed class FieldProblems
{
    private readonly List<FieldProblem> problems = [];

    internal int Count => problems.Count;

    internal bool Has(string field) => problems.Exists(p => string.Equals(p.Field, field, StringComparison.Ordinal));

    internal void Add(string field, string message, string? hint = null)
    {
        if (problems.Count < PhoneHomeLimits.MaxProblems && !Has(field))
        {
            problems.Add(new FieldProblem(field, message, hint));
        }
    }

    /// <summary>True where a member has a value that can be judged; says otherwise that it is missing, once.</summary>
    internal bool Present([NotNullWhen(true)] string? value, string field)
    {
        if (string.IsNullOrEmpty(value))
        {
            Add(field, value is null ? "is missing" : "is empty");
            return false;
        }

        return true;
    }

    /// <summary>The problems in the order in which the format lists its members, the rest behind.</summary>
    internal IReadOnlyList<FieldProblem> InOrder(params ReadOnlySpan<string> order)
    {
        var rank = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var field in order)
        {
            rank[field] = rank.Count;
        }

        return [.. problems.OrderBy(p => rank.GetValueOrDefault(p.Field, int.MaxValue))];
    }
}
