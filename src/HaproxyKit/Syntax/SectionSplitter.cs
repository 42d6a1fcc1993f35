namespace HaproxyKit.Syntax;

/// <summary>Finds the lines of a text and the sections that they make up.</summary>
internal static class SectionSplitter
{
    internal static int CountLines(ReadOnlySpan<byte> text) =>
        text.Count(WordReader.Lf) + (text.IsEmpty || text[^1] == WordReader.Lf ? 0 : 1);

    /// <summary>Writes where each line of a text begins, moved by an offset.</summary>
    internal static void FillStarts(ReadOnlySpan<byte> text, int offset, Span<int> starts)
    {
        var at = 0;
        for (var i = 0; i < starts.Length; i++)
        {
            starts[i] = offset + at;
            var length = text[at..].IndexOf(WordReader.Lf);
            at = length < 0 ? text.Length : at + length + 1;
        }
    }

    /// <summary>The sections of a text, in order. They keep the buffer, which must not change any more.</summary>
    internal static List<SectionSyntax> Split(byte[] buffer)
    {
        var starts = new int[CountLines(buffer) + 1];
        starts[^1] = buffer.Length;
        FillStarts(buffer, 0, starts.AsSpan(..^1));

        // Eight lines a section are usual, so that the list seldom grows.
        var sections = new List<SectionSyntax>(starts.Length / 8);
        var (first, header, kind) = (0, -1, SectionKind.None);
        for (var line = 0; line < starts.Length - 1; line++)
        {
            var opened = LineClassifier.SectionOpenedBy(buffer.AsSpan(starts[line]..starts[line + 1]));
            if (opened == SectionKind.None)
            {
                continue;
            }

            var lead = LeadOf(buffer, starts, line, header + 1);
            if (lead > first)
            {
                sections.Add(new SectionSyntax(buffer, starts, first, lead - first, header - first, kind));
            }

            (first, header, kind) = (lead, line, opened);
        }

        if (starts.Length - 1 > first)
        {
            var lineCount = starts.Length - 1 - first;
            sections.Add(new SectionSyntax(buffer, starts, first, lineCount, header < 0 ? -1 : header - first, kind));
        }

        return sections;
    }

    /// <summary>The first of the comments that belong to the header at a line.</summary>
    private static int LeadOf(byte[] buffer, int[] starts, int header, int earliest)
    {
        var lead = header;
        while (lead > earliest && SectionSyntax.IsAttachable(buffer.AsSpan(starts[lead - 1]..starts[lead])))
        {
            lead--;
        }

        return lead;
    }
}
