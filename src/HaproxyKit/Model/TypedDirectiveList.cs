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

    /// <summary>Adds a line behind the last one of its kind.</summary>
    /// <param name="rule">What stands behind the keyword, as an interpolated string whose holes are values.</param>
    /// <returns>The new line.</returns>
    /// <exception cref="ArgumentException">A value cannot stand where its hole is, or HAProxy could not read the
    /// line.</exception>
    public T Add(RuleText rule) => (T)Section.AddLine(RuleComposer.Compose(Section, Keyword, rule));

    /// <summary>Puts a line in front of another one of its kind, within the same conditions.</summary>
    /// <param name="index">The other line's place, from 0; their number to add behind the last.</param>
    /// <param name="rule">What stands behind the keyword, as an interpolated string whose holes are values.</param>
    /// <returns>The new line.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    /// <exception cref="ArgumentException">A value cannot stand where its hole is, or HAProxy could not read the
    /// line.</exception>
    public T Insert(int index, RuleText rule)
    {
        var all = All();
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, all.Count);
        return (T)Section.AddLine(RuleComposer.Compose(Section, Keyword, rule), index < all.Count ? all[index].Line : null);
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => All().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private protected List<T> All() => [.. Section.Directives[Keyword].OfType<T>()];
}
