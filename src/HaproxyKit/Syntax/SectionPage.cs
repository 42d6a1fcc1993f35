namespace HaproxyKit.Syntax;

/// <summary>
/// Up to 256 sections in order with their totals, so that positions are sums over few pages and an edit copies only
/// one.
/// </summary>
internal sealed class SectionPage
{
    internal const int Capacity = 256;

    internal SectionPage(SectionSyntax[] sections)
    {
        Sections = sections;
        foreach (var section in sections)
        {
            Length += section.Length;
            LineCount += section.LineCount;
        }
    }

    private SectionPage(SectionSyntax[] sections, int length, int lineCount) =>
        (Sections, Length, LineCount) = (sections, length, lineCount);

    internal SectionSyntax[] Sections { get; }

    internal int Length { get; }

    internal int LineCount { get; }

    /// <summary>Sections in as few pages as hold them.</summary>
    internal static SectionPage[] Of(List<SectionSyntax> sections)
    {
        var pages = new SectionPage[(sections.Count + Capacity - 1) / Capacity];
        for (var i = 0; i < pages.Length; i++)
        {
            var page = new SectionSyntax[Math.Min(Capacity, sections.Count - (i * Capacity))];
            sections.CopyTo(i * Capacity, page, 0, page.Length);
            pages[i] = new SectionPage(page);
        }

        return pages;
    }

    internal SectionPage With(int index, SectionSyntax section)
    {
        var old = Sections[index];
        var sections = (SectionSyntax[])Sections.Clone();
        sections[index] = section;
        return new SectionPage(
            sections, Length - old.Length + section.Length, LineCount - old.LineCount + section.LineCount);
    }
}
