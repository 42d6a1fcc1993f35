using System.Collections;

namespace HaproxyKit.Model;

/// <summary>The directives of one kind in a section, in order, as they are at the moment of looking.</summary>
/// <typeparam name="T">The type of directive.</typeparam>
public class TypedDirectiveList<T> : IReadOnlyList<T>
    where T : Directive
{
    internal TypedDirectiveList(Section section, string keyword) => (Section, Keyword) = (section, keyword);

    /// <summary>How many there are.</summary>
    public int Count => All().Count;

    /// <summary>The section whose directives these are.</summary>
    private protected Section Section { get; }

    /// <summary>The keyword of the lines.</summary>
    private protected string Keyword { get; }

    /// <summary>One directive.</summary>
    /// <param name="index">Its place among those of its kind, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such directive.</exception>
    public T this[int index] => All()[index];

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => All().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private protected List<T> All() => [.. Section.Directives[Keyword].OfType<T>()];
}
