using HaproxyKit.Syntax;

namespace HaproxyKit.Comparison;

/// <summary>The conditions and scopes of one document, and what is open around each line.</summary>
internal sealed class StructureLines
{
    private readonly List<(int Section, int Line, int Context)> _changes = [];

    private StructureLines(List<StructureLine> lines) => Lines = lines;

    internal List<StructureLine> Lines { get; }

    /// <summary>Reads some sections of a document.</summary>
    internal static StructureLines Read(SectionSyntax[] sections, Range range, LineKeys keys)
    {
        var lines = new List<StructureLine>();
        var (from, count) = range.GetOffsetAndLength(sections.Length);
        for (var s = from; s < from + count; s++)
        {
            var section = sections[s];
            for (var i = 0; i < section.LineCount; i++)
            {
                var line = section.LineSpan(i);
                if (MayBeStructure(line)
                    && LineClassifier.Classify(line, out _) is var kind and (LineKind.Dot or LineKind.Scope))
                {
                    lines.Add(new StructureLine(s, i, keys.NumberOf(line, kind), KeywordOf(line, kind)));
                }
            }
        }

        return new StructureLines(lines);
    }

    /// <summary>Follows the lines, each known by a number that it shares with its partner.</summary>
    /// <param name="identities">
    /// For each line its number, or <see cref="SequenceAligner.None"/> where it has no partner: what stands in a
    /// condition that one document alone has is not thought of as moved.
    /// </param>
    /// <param name="contexts">Shared by both documents.</param>
    internal void Follow(ReadOnlySpan<int> identities, ConditionContexts contexts)
    {
        var open = new Stack<int>();
        var (current, scope) = (ConditionContexts.Outermost, SequenceAligner.None);
        for (var i = 0; i < Lines.Count; i++)
        {
            var line = Lines[i];
            if (line.IsScope)
            {
                scope = identities[i];
            }
            else if (line.Keyword == ".endif")
            {
                current = open.TryPop(out var outer) ? outer : ConditionContexts.Outermost;
            }
            else if (line.OpensBranch)
            {
                if (line.Keyword == ".if")
                {
                    open.Push(current);
                }

                var around = open.TryPeek(out var outside) ? outside : ConditionContexts.Outermost;
                current = identities[i] == SequenceAligner.None ? around : contexts.Within(around, identities[i]);
            }
            else
            {
                continue;
            }

            var context = scope == SequenceAligner.None ? current : contexts.Within(current, -2 - scope);
            _changes.Add((line.Section, line.Line, context));
        }
    }

    /// <summary>What is open around a line.</summary>
    internal int ContextAt(int section, int line)
    {
        var (from, to) = (0, _changes.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            var isBefore = (_changes[middle].Section, _changes[middle].Line).CompareTo((section, line)) < 0;
            (from, to) = isBefore ? (middle + 1, to) : (from, middle);
        }

        return from == 0 ? ConditionContexts.Outermost : _changes[from - 1].Context;
    }

    private static bool MayBeStructure(ReadOnlySpan<byte> line)
    {
        var first = WordReader.SkipSpaces(line, 0);
        return first < line.Length && line[first] is (byte)'.' or (byte)'[' or (byte)'"' or (byte)'\'' or (byte)'\\';
    }

    private static string KeywordOf(ReadOnlySpan<byte> line, LineKind kind)
    {
        if (kind == LineKind.Scope)
        {
            return "";
        }

        var words = new WordEnumerator(line);
        words.MoveNext();
        return words.Current.ToString();
    }
}
