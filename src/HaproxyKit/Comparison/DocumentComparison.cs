using System.Collections.Immutable;
using HaproxyKit.Syntax;

namespace HaproxyKit.Comparison;

/// <summary>Compares two documents: sections first, then what stands in those that are not the same bytes.</summary>
internal sealed class DocumentComparison
{
    private const int None = SequenceAligner.None;

    private readonly DocumentSide _first;
    private readonly DocumentSide _second;
    private readonly ChangeWriter _changes;
    private readonly LineKeys _keys = new();
    private StructureLines? _firstStructure;
    private StructureLines? _secondStructure;

    private DocumentComparison(DocumentSide first, DocumentSide second, bool isSwapped)
    {
        (_first, _second) = (first, second);
        _changes = new ChangeWriter(first, second, isSwapped);
    }

    internal static ImmutableArray<ConfigChange> Compare(ConfigDocument before, ConfigDocument after)
    {
        var (first, second) = (new DocumentSide(before), new DocumentSide(after));
        var shared = Math.Min(first.Sections.Length, second.Sections.Length);
        var head = 0;
        while (head < shared && AreSame(first.Sections[head], second.Sections[head]))
        {
            head++;
        }

        if (head == first.Sections.Length && head == second.Sections.Length)
        {
            return [];
        }

        var tail = 0;
        while (tail < shared - head && AreSame(first.Sections[^(tail + 1)], second.Sections[^(tail + 1)]))
        {
            tail++;
        }

        var isSwapped = IsBehind(first.Sections, second.Sections, head);
        var comparison = isSwapped
            ? new DocumentComparison(second, first, isSwapped)
            : new DocumentComparison(first, second, isSwapped);
        comparison.Run(head, tail);
        return comparison._changes.Ordered();
    }

    private static bool AreSame(SectionSyntax one, SectionSyntax other) =>
        ReferenceEquals(one, other)
        || (one.Kind == other.Kind && one.Length == other.Length && one.Bytes.Span.SequenceEqual(other.Bytes.Span));

    /// <summary>Any order will do that is the same for both directions.</summary>
    private static bool IsBehind(SectionSyntax[] first, SectionSyntax[] second, int at)
    {
        if (at == first.Length || at == second.Length)
        {
            return first.Length > second.Length;
        }

        return first[at].Bytes.Span.SequenceCompareTo(second[at].Bytes.Span) > 0;
    }

    private void Run(int head, int tail)
    {
        var (first, second) = (_first.Sections, _second.Sections);
        CompareStructure(head, tail);
        var partners = SectionPairing.Pair(first, second, head, tail, _keys);
        var moved = SectionOrder.FindMoved(first, partners);
        for (var i = 0; i < first.Length; i++)
        {
            if (partners[i] == None)
            {
                TellAlone(ChangeKind.Removed, first[i], i);
                continue;
            }

            var isBetween = i >= head && i < first.Length - tail;
            if (moved.Contains(i) || (isBetween && !IsInSameContext(i, partners[i])))
            {
                _changes.AddSection(ChangeKind.Moved, i, partners[i]);
            }

            if (isBetween)
            {
                CompareSections(i, partners[i]);
            }
        }

        var isKnown = new bool[second.Length];
        foreach (var partner in partners.Where(partner => partner != None))
        {
            isKnown[partner] = true;
        }

        for (var i = 0; i < second.Length; i++)
        {
            if (!isKnown[i])
            {
                TellAlone(ChangeKind.Added, second[i], i);
            }
        }
    }

    private void CompareStructure(int head, int tail)
    {
        _firstStructure = StructureLines.Read(_first.Sections, head..^tail, _keys);
        _secondStructure = StructureLines.Read(_second.Sections, head..^tail, _keys);
        var (first, second) = (_firstStructure.Lines, _secondStructure.Lines);
        var partners = StructureAlignment.Align(first, second);
        var identities = new int[first.Count];
        var secondIdentities = new int[second.Count];
        Array.Fill(secondIdentities, None);
        for (var i = 0; i < first.Count; i++)
        {
            identities[i] = partners[i] == None ? None : i;
            if (partners[i] == None)
            {
                _changes.AddStructure(ChangeKind.Removed, first[i], null);
                continue;
            }

            secondIdentities[partners[i]] = i;
            if (first[i].Key != second[partners[i]].Key)
            {
                _changes.AddStructure(ChangeKind.Changed, first[i], second[partners[i]]);
            }
        }

        for (var i = 0; i < second.Count; i++)
        {
            if (secondIdentities[i] == None)
            {
                _changes.AddStructure(ChangeKind.Added, null, second[i]);
            }
        }

        var contexts = new ConditionContexts();
        _firstStructure.Follow(identities, contexts);
        _secondStructure.Follow(secondIdentities, contexts);
    }

    private bool IsInSameContext(int i, int j) =>
        ContextOf(_firstStructure!, _first.Sections[i], i) == ContextOf(_secondStructure!, _second.Sections[j], j);

    private static int ContextOf(StructureLines structure, SectionSyntax section, int place) =>
        structure.ContextAt(place, section.HeaderLine);

    private void CompareSections(int i, int j)
    {
        var (a, b) = (_first.Sections[i], _second.Sections[j]);
        if (AreSame(a, b))
        {
            return;
        }

        if (a.HeaderLine >= 0
            && _keys.NumberOf(a.LineSpan(a.HeaderLine), LineKind.Section)
                != _keys.NumberOf(b.LineSpan(b.HeaderLine), LineKind.Section))
        {
            _changes.AddSection(ChangeKind.Changed, i, j);
        }

        SectionComparison.Compare(
            Read(_firstStructure!, a, i),
            Read(_secondStructure!, b, j),
            (kind, old, now) => _changes.AddDirective(
                kind, old is { } o ? (i, o.Line) : null, now is { } n ? (j, n.Line) : null));
    }

    /// <summary>
    /// A line in the same conditions as the header of its section has the section's context, wherever that is.
    /// </summary>
    private List<Statement> Read(StructureLines structure, SectionSyntax section, int place)
    {
        const int OfSection = -1;
        var ofHeader = ContextOf(structure, section, place);
        int ContextOfLine(int line) =>
            structure.ContextAt(place, line) is var context && context == ofHeader ? OfSection : context;

        return StatementReader.Read(section, _keys, ContextOfLine);
    }

    /// <summary>A section without a partner. The lines before the first header are no section, only lines.</summary>
    private void TellAlone(ChangeKind kind, SectionSyntax section, int place)
    {
        var isRemoved = kind == ChangeKind.Removed;
        if (section.HeaderLine >= 0)
        {
            _changes.AddSection(kind, isRemoved ? place : None, isRemoved ? None : place);
            return;
        }

        for (var i = 0; i < section.LineCount; i++)
        {
            if (section[i].Kind == LineKind.Directive)
            {
                _changes.AddDirective(kind, isRemoved ? (place, i) : null, isRemoved ? null : (place, i));
            }
        }
    }
}
