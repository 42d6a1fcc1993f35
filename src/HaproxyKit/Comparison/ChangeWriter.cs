using System.Collections.Immutable;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Comparison;

/// <summary>
/// Collects changes. Comparison always goes in the same direction, whichever document was given first, so that the
/// difference from the other side is exactly the inverse; here the direction that was asked for comes back.
/// </summary>
internal sealed class ChangeWriter(DocumentSide first, DocumentSide second, bool isSwapped)
{
    private readonly List<(int Section, int Line, ConfigChange Change)> _changes = [];

    /// <summary>The changes by their place: in the later document, for what is gone in the earlier one.</summary>
    internal ImmutableArray<ConfigChange> Ordered() =>
        [.. _changes.OrderBy(c => c.Section).ThenBy(c => c.Line).ThenBy(c => c.Change.Kind).Select(c => c.Change)];

    /// <summary>Writes what became of a section.</summary>
    /// <param name="kind">What, from the first document to the second.</param>
    /// <param name="ofFirst">The section in the first document, or a negative number.</param>
    /// <param name="ofSecond">The section in the second document, or a negative number.</param>
    internal void AddSection(ChangeKind kind, int ofFirst, int ofSecond)
    {
        var lines = ImmutableArray<ComparedLine>.Empty;
        if (kind is ChangeKind.Added or ChangeKind.Removed)
        {
            var (side, section) = kind == ChangeKind.Removed ? (first, ofFirst) : (second, ofSecond);
            lines = [.. LinesOf(side, section)];
        }

        Add(kind, ChangeSubject.Section, PlaceOf(first, ofFirst), PlaceOf(second, ofSecond), lines);
    }

    internal void AddDirective(ChangeKind kind, (int Section, int Line)? ofFirst, (int Section, int Line)? ofSecond) =>
        Add(kind, ChangeSubject.Directive, ofFirst, ofSecond, []);

    internal void AddStructure(ChangeKind kind, StructureLine? ofFirst, StructureLine? ofSecond) => Add(
        kind,
        (ofFirst ?? ofSecond)!.Value.IsScope ? ChangeSubject.Scope : ChangeSubject.Condition,
        PlaceOf(ofFirst),
        PlaceOf(ofSecond),
        []);

    private static (int Section, int Line)? PlaceOf(StructureLine? line) =>
        line is { } structure ? (structure.Section, structure.Line) : null;

    private static (int Section, int Line)? PlaceOf(DocumentSide side, int section) =>
        section < 0 ? null : (section, side.Sections[section].HeaderLine);

    private static IEnumerable<ComparedLine> LinesOf(DocumentSide side, int section)
    {
        var syntax = side.Sections[section];
        for (var i = syntax.HeaderLine + 1; i < syntax.LineCount; i++)
        {
            if (syntax[i].Kind == LineKind.Directive)
            {
                yield return side.Line(section, i);
            }
        }
    }

    private void Add(
        ChangeKind kind,
        ChangeSubject subject,
        (int Section, int Line)? ofFirst,
        (int Section, int Line)? ofSecond,
        ImmutableArray<ComparedLine> lines)
    {
        var words = kind == ChangeKind.Changed
            ? WordComparison.Compare(SpanOf(first, ofFirst!.Value), SpanOf(second, ofSecond!.Value))
            : [];
        var (old, later, oldSide, laterSide) =
            isSwapped ? (ofSecond, ofFirst, second, first) : (ofFirst, ofSecond, first, second);
        var (side, place) = later is { } known ? (laterSide, known) : (oldSide, old!.Value);
        var section = side.Sections[place.Section];
        var keyword = new KeywordReader(SpanOf(side, place));
        var keywordText = subject == ChangeSubject.Scope
            ? side.Line(place.Section, place.Line).Text
            : keyword.Keyword.ToString();
        var name = subject == ChangeSubject.Directive && StatementFamilies.HasName(keywordText)
            && keyword.TryReadArgument(out var word)
            ? word.ToString()
            : null;
        _changes.Add((side.LineNumber(place.Section, 0), side.LineNumber(place.Section, place.Line), new ConfigChange
        {
            Kind = isSwapped ? Invert(kind) : kind,
            Subject = subject,
            SectionKind = section.Kind,
            SectionName = section.Name,
            Keyword = keywordText,
            Name = name,
            Old = old is { } o ? oldSide.Line(o.Section, o.Line) : null,
            New = later is { } n ? laterSide.Line(n.Section, n.Line) : null,
            Words = isSwapped ? [.. words.Select(Invert)] : words,
            Lines = lines,
        }));
    }

    private static ReadOnlySpan<byte> SpanOf(DocumentSide side, (int Section, int Line) place) =>
        side.Sections[place.Section].LineSpan(place.Line);

    private static WordChange Invert(WordChange word) => word with
    {
        Kind = Invert(word.Kind),
        Old = word.New,
        New = word.Old,
        OldIndex = word.NewIndex,
        NewIndex = word.OldIndex,
    };

    private static ChangeKind Invert(ChangeKind kind) => kind switch
    {
        ChangeKind.Added => ChangeKind.Removed,
        ChangeKind.Removed => ChangeKind.Added,
        _ => kind,
    };
}
