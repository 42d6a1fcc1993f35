using System.Collections.Immutable;

namespace HaproxyKit.Expressions;

/// <summary>Makes lists for trees, also from collection expressions.</summary>
public static class ExpressionLists
{
    /// <summary>A list of some elements.</summary>
    /// <typeparam name="T">The kind of element.</typeparam>
    /// <param name="elements">The elements.</param>
    /// <returns>The list.</returns>
    public static ExpressionList<T> Create<T>(params ReadOnlySpan<T> elements) =>
        elements.IsEmpty ? ExpressionList<T>.Empty : new ExpressionList<T>([.. elements]);

    /// <summary>The elements as a list of a tree.</summary>
    internal static ExpressionList<T> ToExpressionList<T>(this IEnumerable<T> elements) => new(elements.ToImmutableArray());
}
