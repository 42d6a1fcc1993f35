using System.Collections.Immutable;
using HaproxyKit.Syntax;

namespace HaproxyKit.Comparison;

/// <summary>One difference of meaning between two documents.</summary>
public sealed record ConfigChange
{
    /// <summary>What became of it.</summary>
    public required ChangeKind Kind { get; init; }

    /// <summary>What it is.</summary>
    public required ChangeSubject Subject { get; init; }

    /// <summary>The kind of the section, or of that in which the line stands.</summary>
    public required SectionKind SectionKind { get; init; }

    /// <summary>
    /// The section's decoded name, in the later document where it is there; empty where it has none.
    /// </summary>
    public required string SectionName { get; init; }

    /// <summary>The keyword without <c>no</c> and <c>default</c>; for a scope the scope itself.</summary>
    public required string Keyword { get; init; }

    /// <summary>
    /// The name by which the line is known, where it has one: of a server, an acl, a bind (its address), a user; else
    /// null.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>The line, or the section's header, in the earlier document; null where it was added.</summary>
    public ComparedLine? Old { get; init; }

    /// <summary>The line, or the section's header, in the later document; null where it was removed.</summary>
    public ComparedLine? New { get; init; }

    /// <summary>
    /// What became of the words of a line, or of a section's header, that <see cref="ChangeKind.Changed"/>; else empty.
    /// </summary>
    public ImmutableArray<WordChange> Words { get; init; } = [];

    /// <summary>The lines of a section that was added or removed, in order, without its header; else empty.</summary>
    public ImmutableArray<ComparedLine> Lines { get; init; } = [];

    /// <summary>
    /// Whether this is a changed line of which nothing but these named words differs: <c>IsOnlyIn("address",
    /// "weight")</c> on a server.
    /// </summary>
    /// <param name="names">Names as in <see cref="WordChange.Name"/>.</param>
    /// <returns>True when every word that changed is one of these.</returns>
    public bool IsOnlyIn(params ReadOnlySpan<string> names)
    {
        if (Kind != ChangeKind.Changed || Words.IsEmpty)
        {
            return false;
        }

        foreach (var word in Words)
        {
            if (word.Name is null || !names.Contains(word.Name))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The change for people: a heading, and the lines with <c>-</c> and <c>+</c> below it.</summary>
    /// <returns>One or more lines, separated by LF, without a final line ending.</returns>
    public string Render() => ChangeRenderer.Render(this);

    /// <summary>The change on one line.</summary>
    /// <returns>For example <c>haproxy.cfg:12: changed in backend app: server s1: weight 10 -> 20</c>.</returns>
    public override string ToString() => ChangeRenderer.RenderHeading(this);

    /// <summary>Two changes are equal when all their parts are.</summary>
    /// <param name="other">The change to compare with.</param>
    /// <returns>True when all parts are equal.</returns>
    public bool Equals(ConfigChange? other) =>
        other is not null
        && (Kind, Subject, SectionKind, SectionName, Keyword, Name)
            == (other.Kind, other.Subject, other.SectionKind, other.SectionName, other.Keyword, other.Name)
        && Equals(Old, other.Old)
        && Equals(New, other.New)
        && Words.SequenceEqual(other.Words)
        && Lines.SequenceEqual(other.Lines);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Subject, SectionKind, SectionName, Keyword, Old, New);
}
