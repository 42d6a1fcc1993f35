using System.Collections.Immutable;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Planning;

/// <summary>
/// Which sections of two documents are not the same bytes. Documents that came of each other by edits share the sections that were
/// not edited, and those are not even read: the cost is that of looking at each section's reference.
/// </summary>
internal sealed class SectionDifferences
{
    private SectionDifferences(ImmutableArray<SectionSyntax> before, ImmutableArray<SectionSyntax> wanted, bool isInPlace) =>
        (Before, Wanted, IsInPlace) = (before, wanted, isInPlace);

    /// <summary>The sections of the earlier document that do not stand in the later one as they are.</summary>
    internal ImmutableArray<SectionSyntax> Before { get; }

    /// <summary>The sections of the later document that do not stand in the earlier one as they are.</summary>
    internal ImmutableArray<SectionSyntax> Wanted { get; }

    /// <summary>Whether both documents have the same headers in the same order, so that the differing sections are pairs.</summary>
    internal bool IsInPlace { get; }

    /// <summary>Finds the sections that differ.</summary>
    internal static SectionDifferences Between(ConfigDocument before, ConfigDocument wanted) =>
        ReferenceEquals(before, wanted) ? new SectionDifferences([], [], isInPlace: true)
        : before.SectionCount == wanted.SectionCount && TryPair(before, wanted) is { } pairs ? pairs
        : ByName([.. before.Sections], [.. wanted.Sections]);

    private static SectionDifferences? TryPair(ConfigDocument before, ConfigDocument wanted)
    {
        var (old, changed) = (ImmutableArray.CreateBuilder<SectionSyntax>(), ImmutableArray.CreateBuilder<SectionSyntax>());
        foreach (var (was, section) in before.Sections.Zip(wanted.Sections))
        {
            if (AreSame(was, section))
            {
                continue;
            }

            if (!HaveSameHeader(was, section))
            {
                return null;
            }

            old.Add(was);
            changed.Add(section);
        }

        return new SectionDifferences(old.DrainToImmutable(), changed.DrainToImmutable(), isInPlace: true);
    }

    private static SectionDifferences ByName(SectionSyntax[] before, SectionSyntax[] wanted)
    {
        var shared = Math.Min(before.Length, wanted.Length);
        var head = 0;
        while (head < shared && AreSame(before[head], wanted[head]))
        {
            head++;
        }

        var tail = 0;
        while (tail < shared - head && AreSame(before[^(tail + 1)], wanted[^(tail + 1)]))
        {
            tail++;
        }

        var (old, now) = (before[head..^tail].ToLookup(KeyOf), wanted[head..^tail].ToLookup(KeyOf));
        return new SectionDifferences(Without(old, now), Without(now, old), isInPlace: false);
    }

    /// <summary>The sections that have no partner of the same bytes among those of the same name.</summary>
    private static ImmutableArray<SectionSyntax> Without(
        ILookup<(SectionKind, string), SectionSyntax> sections, ILookup<(SectionKind, string), SectionSyntax> others)
    {
        var alone = ImmutableArray.CreateBuilder<SectionSyntax>();
        foreach (var group in sections)
        {
            var partners = others[group.Key].ToList();
            foreach (var section in group)
            {
                var partner = partners.FindIndex(other => AreSame(section, other));
                if (partner < 0)
                {
                    alone.Add(section);
                }
                else
                {
                    partners.RemoveAt(partner);
                }
            }
        }

        return alone.DrainToImmutable();
    }

    private static (SectionKind Kind, string Name) KeyOf(SectionSyntax section) => (section.Kind, section.Name);

    private static bool AreSame(SectionSyntax one, SectionSyntax other) =>
        ReferenceEquals(one, other) || (one.Length == other.Length && one.Kind == other.Kind && one.Bytes.Span.SequenceEqual(other.Bytes.Span));

    private static bool HaveSameHeader(SectionSyntax one, SectionSyntax other) =>
        one.Kind == other.Kind
        && (one.HeaderLine < 0 || other.HeaderLine < 0
            ? one.HeaderLine == other.HeaderLine
            : one[one.HeaderLine].Content.Span.SequenceEqual(other[other.HeaderLine].Content.Span));
}
