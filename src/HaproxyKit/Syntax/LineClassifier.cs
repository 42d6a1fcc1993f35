using System.Runtime.CompilerServices;

namespace HaproxyKit.Syntax;

/// <summary>Tells what a line is from its first word, which is all that HAProxy's own dispatch looks at.</summary>
internal static class LineClassifier
{
    internal static LineKind Classify(ReadOnlySpan<byte> line, out SectionKind section)
    {
        section = SectionKind.None;
        var first = WordReader.SkipSpaces(line, 0);
        if (first >= line.Length)
        {
            return LineKind.Blank;
        }

        switch (line[first])
        {
            case WordReader.Nul:
                return LineKind.Ignored;
            case (byte)'#':
                return LineKind.Comment;
            case (byte)'[':
                return LineKind.Scope;
            default:
                return ClassifyFirstWord(line, first, out section);
        }
    }

    /// <summary>The kind of section that a line opens, quickly: most lines are told by their first byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static SectionKind SectionOpenedBy(ReadOnlySpan<byte> line)
    {
        var first = WordReader.SkipSpaces(line, 0);
        if (first >= line.Length
            || !(SectionKeywords.MayBegin(line[first]) || line[first] is (byte)'"' or (byte)'\'' or (byte)'\\'))
        {
            return SectionKind.None;
        }

        ClassifyFirstWord(line, first, out var section);
        return section;
    }

    private static LineKind ClassifyFirstWord(ReadOnlySpan<byte> line, int start, out SectionKind section)
    {
        section = SectionKind.None;
        var sink = default(SkippingSink);
        var shape = WordReader.Read(line, start, ref sink);
        if (shape.Traits == WordTraits.None)
        {
            return ClassifyValue(line[start..shape.End], out section);
        }

        if ((shape.Traits & WordTraits.Faulty) != 0)
        {
            return LineKind.Directive;
        }

        // A quoted or escaped keyword counts like a bare one, however many quotes it has.
        Span<byte> buffer = stackalloc byte[SectionKeywords.LongestKeyword + 1];
        var keyword = new KeywordSink(buffer);
        WordReader.Read(line, start, ref keyword);
        return ClassifyValue(buffer[..keyword.Kept], out section);
    }

    private static LineKind ClassifyValue(ReadOnlySpan<byte> value, out SectionKind section)
    {
        section = SectionKind.None;
        if (value.IsEmpty)
        {
            return LineKind.Ignored;
        }

        if (value[0] == '.')
        {
            return LineKind.Dot;
        }

        section = SectionKeywords.KindOf(value);
        return section == SectionKind.None ? LineKind.Directive : LineKind.Section;
    }
}
