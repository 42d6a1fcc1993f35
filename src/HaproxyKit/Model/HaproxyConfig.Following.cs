using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <content>How handles follow changes.</content>
public sealed partial class HaproxyConfig
{
    /// <summary>
    /// The one way in which anything changes: some lines of a section become a text. All handles follow.
    /// </summary>
    internal void ReplaceLines(int ordinal, int first, int count, ReadOnlySpan<byte> text)
    {
        var change = Document.Change(ordinal, first, count, text);
        var added = SectionSplitter.CountLines(text);
        if (change is { OldCount: 1, NewCount: 1 } && change.FirstSection == ordinal && first > Document.GetSection(ordinal).HeaderLine)
        {
            Document = change.Document;
            _sections[ordinal]?.FollowChange(first, count, added);
            return;
        }

        var starts = new int[change.OldCount + 1];
        for (var i = 0; i < change.OldCount; i++)
        {
            starts[i + 1] = starts[i] + Document.GetSection(change.FirstSection + i).LineCount;
        }

        Follow(change, starts, starts[ordinal - change.FirstSection] + first, count, added);
    }

    /// <summary>Removes a section that was just added, with the blank line before it.</summary>
    private static void TakeBack(Section section, Section? before, SectionSyntax? old)
    {
        if (section.IsRemoved)
        {
            return;
        }

        section.ReplaceLines(0, section.Syntax.LineCount, []);
        if (old is not null && before is { IsRemoved: false } && before.Syntax.LineCount > old.LineCount)
        {
            before.ReplaceLines(old.LineCount, before.Syntax.LineCount - old.LineCount, []);
        }

        if (old is not null && before is { IsRemoved: false })
        {
            before.RestoreOpenEnd(old);
        }
    }

    /// <summary>
    /// Follows a change across sections: every handle is a line, and each line of the old run is known in the new one
    /// by its number, moved by
    /// what was taken out and put in before it.
    /// </summary>
    private void Follow(DocumentChange change, int[] starts, int editLine, int removed, int added)
    {
        int? Moved(int line) =>
            line < editLine ? line
            : line >= editLine + removed ? line - removed + added
            : removed == added ? line
            : null;

        var headers = new Dictionary<int, Section>();
        var directives = new Dictionary<int, Directive>();
        for (var i = 0; i < change.OldCount; i++)
        {
            if (_sections[change.FirstSection + i] is not { } section)
            {
                continue;
            }

            foreach (var (line, directive) in section.ReleaseLines())
            {
                if (Moved(starts[i] + line) is { } to)
                {
                    directives[to] = directive;
                }
                else
                {
                    directive.Detach();
                }
            }

            if (Moved(starts[i] + Math.Max(0, section.Syntax.HeaderLine)) is { } header)
            {
                headers[header] = section;
            }
            else
            {
                section.Detach();
            }
        }

        Document = change.Document;
        _sections.RemoveRange(change.FirstSection, change.OldCount);
        _sections.InsertRange(change.FirstSection, Enumerable.Repeat<Section?>(null, change.NewCount));
        Resettle(change, headers, directives);
        for (var i = change.FirstSection; i < _sections.Count; i++)
        {
            if (_sections[i] is { } section)
            {
                section.Ordinal = i;
            }
        }
    }

    private void Resettle(DocumentChange change, Dictionary<int, Section> headers, Dictionary<int, Directive> directives)
    {
        var start = 0;
        for (var i = change.FirstSection; i < change.FirstSection + change.NewCount; i++)
        {
            var syntax = Document.GetSection(i);
            if (headers.Remove(start + Math.Max(0, syntax.HeaderLine), out var section))
            {
                section.Ordinal = i;
                _sections[i] = section;
            }

            for (var line = 0; line < syntax.LineCount; line++)
            {
                if (directives.Remove(start + line, out var directive))
                {
                    GetSection(i).TakeLine(line, directive);
                }
            }

            start += syntax.LineCount;
        }

        foreach (var section in headers.Values)
        {
            section.Detach();
        }

        foreach (var directive in directives.Values)
        {
            directive.Detach();
        }
    }
}
