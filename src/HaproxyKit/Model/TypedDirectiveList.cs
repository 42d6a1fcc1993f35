using System.Collections;

namespace HaproxyKit.Model;

/// <summary>The directives of one type in a section, in order, as they are at the moment of looking.</summary>
/// <typeparam name="T">The type of directive.</typeparam>
public abstract class TypedDirectiveList<T> : IReadOnlyList<T>
    where T : Directive
{
    private protected TypedDirectiveList(Section section) => Section = section;

    /// <summary>How many there are.</summary>
    public int Count => All().Count;

    /// <summary>The section whose directives these are.</summary>
    private protected Section Section { get; }

    /// <summary>One directive.</summary>
    /// <param name="index">Its place among those of its type, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such directive.</exception>
    public T this[int index] => All()[index];

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => All().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private List<T> All() => [.. Section.Directives.OfType<T>()];
}
