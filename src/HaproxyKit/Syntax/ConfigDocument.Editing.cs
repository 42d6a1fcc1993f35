using System.Buffers;

namespace HaproxyKit.Syntax;

/// <content>Edits. Each gives a new document that shares with the old one whatever did not change.</content>
public sealed partial class ConfigDocument
{
    /// <summary>Replaces lines of a section by a text; nothing else changes.</summary>
    /// <param name="ordinal">
    /// The section's place among all sections, from 0; the number of sections for the end of the document.
    /// </param>
    /// <param name="firstLine">
    /// The first line to replace, from 0 in the section; the number of its lines for its end.
    /// </param>
    /// <param name="count">How many lines to replace; 0 to insert before <paramref name="firstLine"/>.</param>
    /// <param name="text">Any bytes: lines, headers, whole sections; empty to remove the lines.</param>
    /// <returns>The document that parsing the edited text would give.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such section, or it has no such lines.</exception>
    public ConfigDocument ReplaceLines(int ordinal, int firstLine, int count, ReadOnlySpan<byte> text) =>
        Change(ordinal, firstLine, count, text).Document;

    /// <summary>Removes a section: its header, all its lines and the comments that belong to it.</summary>
    /// <param name="ordinal">The section's place among all sections, from 0.</param>
    /// <returns>The document without it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such section.</exception>
    public ConfigDocument RemoveSection(int ordinal) => ReplaceLines(ordinal, 0, GetSection(ordinal).LineCount, []);

    /// <summary>The same text under another file name.</summary>
    /// <param name="path">The name for diagnostics, or null for none.</param>
    /// <returns>A document that shares everything with this one.</returns>
    public ConfigDocument WithPath(string? path) => new(_pages, path, _index);

    internal DocumentChange Change(int ordinal, int firstLine, int count, ReadOnlySpan<byte> text)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ordinal);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ordinal, SectionCount);
        var lineCount = ordinal < SectionCount ? GetSection(ordinal).LineCount : 0;
        ArgumentOutOfRangeException.ThrowIfNegative(firstLine);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstLine, lineCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, lineCount - firstLine, nameof(count));
        return TryChangeWithinSection(ordinal, firstLine, count, text) is { } within
            ? new DocumentChange(within, ordinal, 1, 1)
            : ChangeAcrossSections(ordinal, firstLine, count, text);
    }

    /// <summary>
    /// The quick way: the lines lie behind the header and stay there, so that only one section and one page are new.
    /// </summary>
    private ConfigDocument? TryChangeWithinSection(int ordinal, int firstLine, int count, ReadOnlySpan<byte> text)
    {
        if (ordinal == SectionCount)
        {
            return null;
        }

        var (page, index) = Locate(ordinal);
        var section = _pages[page].Sections[index];
        var isLast = ordinal == SectionCount - 1;
        var reachesEnd = isLast && firstLine + count == section.LineCount;
        if (firstLine <= section.HeaderLine
            || (section.HeaderLine < 0 && count == section.LineCount)
            || !(text.IsEmpty || text[^1] == WordReader.Lf || reachesEnd)
            || (firstLine > 0 && section.LineSpan(firstLine - 1)[^1] != WordReader.Lf)
            || OpensSection(text))
        {
            return null;
        }

        var changed = section.WithLines(firstLine, count, text);
        if (!isLast && changed.CountTrailingComments() > 0)
        {
            return null;
        }

        var pages = (SectionPage[])_pages.Clone();
        pages[page] = pages[page].With(index, changed);
        return new ConfigDocument(pages, Path, _index);
    }

    /// <summary>The general way: the text of the section and its neighbours is put together and split anew.</summary>
    private DocumentChange ChangeAcrossSections(int ordinal, int firstLine, int count, ReadOnlySpan<byte> text)
    {
        if (ordinal == SectionCount && ordinal > 0)
        {
            // The end of the document is the end of its last section: without an LF there, the text joins its last
            // line.
            ordinal--;
            firstLine = GetSection(ordinal).LineCount;
        }

        // A text without LF may make a comment of the next section's header, which then belongs to the section behind
        // that one.
        var first = Math.Max(0, ordinal - 1);
        var end = Math.Min(SectionCount, ordinal + 3);
        var buffer = new ArrayBufferWriter<byte>();
        for (var i = first; i < end; i++)
        {
            var section = GetSection(i);
            var bytes = section.Bytes.Span;
            if (i != ordinal)
            {
                buffer.Write(bytes);
                continue;
            }

            buffer.Write(bytes[..section.OffsetOfLine(firstLine)]);
            buffer.Write(text);
            buffer.Write(bytes[section.OffsetOfLine(firstLine + count)..]);
        }

        if (SectionCount == 0)
        {
            buffer.Write(text);
        }

        var changed = SectionSplitter.Split(buffer.WrittenSpan.ToArray());
        var run = Enumerable.Range(first, end - first).Select(GetSection).ToList();
        var index = _index?.After(first, run, changed, reachesEnd: end == SectionCount);
        var document = new ConfigDocument(WithSections(first, end - first, changed), Path, index);
        return new DocumentChange(document, first, end - first, changed.Count);
    }

    /// <summary>The pages with some sections in place of others; pages that hold none of these are shared.</summary>
    private SectionPage[] WithSections(int first, int count, List<SectionSyntax> sections)
    {
        if (SectionCount == 0)
        {
            return SectionPage.Of(sections);
        }

        var (firstPage, firstIndex) = Locate(first);
        var (lastPage, lastIndex) = Locate(first + count - 1);
        var before = _pages[firstPage].Sections.AsSpan(0, firstIndex);
        var behind = _pages[lastPage].Sections.AsSpan(lastIndex + 1);
        return
        [
            .. _pages.AsSpan(0, firstPage),
            .. SectionPage.Of([.. before, .. sections, .. behind]),
            .. _pages.AsSpan(lastPage + 1),
        ];
    }

    private static bool OpensSection(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            var length = text.IndexOf(WordReader.Lf);
            var line = length < 0 ? text : text[..(length + 1)];
            if (LineClassifier.SectionOpenedBy(line) != SectionKind.None)
            {
                return true;
            }

            text = text[line.Length..];
        }

        return false;
    }
}
