namespace HaproxyKit.Comparison;

/// <summary>One directive of a section, as far as comparison needs to know it.</summary>
internal readonly record struct Statement
{
    /// <summary>The line's index in its section.</summary>
    internal required int Line { get; init; }

    /// <summary>The same number for lines that HAProxy reads alike.</summary>
    internal required int Key { get; init; }

    /// <summary>The conditions and the scope around the line, see <see cref="ConditionContexts"/>.</summary>
    internal required int Context { get; init; }

    internal required string Keyword { get; init; }

    internal required StatementFamily Family { get; init; }

    /// <summary>Keyword and the words that say which line it is.</summary>
    internal required string Identity { get; init; }

    /// <summary>Whether the line reads or sets what lines of <c>global</c> hand on.</summary>
    internal bool IsOfEnvironment { get; init; }
}
