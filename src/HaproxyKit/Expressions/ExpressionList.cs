using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace HaproxyKit.Expressions;

/// <summary>A list inside a tree, which never changes; two are equal when their elements are.</summary>
/// <typeparam name="T">The kind of element.</typeparam>
[CollectionBuilder(typeof(ExpressionLists), nameof(ExpressionLists.Create))]
public sealed class ExpressionList<T> : IReadOnlyList<T>, IEquatable<ExpressionList<T>>
{
    private readonly ImmutableArray<T> _elements;

    internal ExpressionList(ImmutableArray<T> elements) => _elements = elements;

    /// <summary>A list without elements.</summary>
    internal static ExpressionList<T> Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _elements.Length;

    /// <inheritdoc/>
    public T this[int index] => _elements[index];

    /// <summary>A list with another element in one place.</summary>
    /// <param name="index">The place, from 0.</param>
    /// <param name="element">What shall stand there.</param>
    /// <returns>A new list.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public ExpressionList<T> SetItem(int index, T element) => new(_elements.SetItem(index, element));

    /// <inheritdoc/>
    public bool Equals(ExpressionList<T>? other) => other is not null && _elements.SequenceEqual(other._elements);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ExpressionList<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var element in _elements)
        {
            hash.Add(element);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_elements).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The elements, separated by blanks.</summary>
    /// <returns>The text of each element.</returns>
    public override string ToString() => string.Join(' ', _elements);
}
