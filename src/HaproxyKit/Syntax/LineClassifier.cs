using System.Runtime.CompilerServices;

namespace HaproxyKit.Syntax;

/// <summary>Tells what a line is from its first word, which is all that HAProxy's own dispatch looks at.</summary>
internal static class LineClassifier
{
    internal static LineKind Classify(ReadOnlySpan<byte> line, out SectionKind section)
    {
        section = SectionKind.None;
        var first = FirstNonBlank(line);
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
        var first = FirstNonBlank(line);
        if (first >= line.Length || !(SectionKeywords.MayBegin(line[first]) || line[first] is (byte)'"' or (byte)'\'' or (byte)'\\'))
        {
            return SectionKind.None;
        }

        ClassifyFirstWord(line, first, out var section);
        return section;
    }

    internal static int FirstNonBlank(ReadOnlySpan<byte> line)
    {
        var at = 0;
        while (at < line.Length && (WordReader.IsBlank(line[at]) || line[at] is WordReader.Cr or WordReader.Lf))
        {
            at++;
        }

        return at;
    }

    private static LineKind ClassifyFirstWord(ReadOnlySpan<byte> line, int start, out SectionKind section)
    {
        section = SectionKind.None;
        var sink = default(SkippingSink);
        var shape = WordReader.Read(line, start, ref sink);
        var word = new Word(line[start..shape.End], start, shape.Traits);
        if (word.IsPlain)
        {
            return ClassifyValue(word.Raw, out section);
        }

        // A quoted or escaped keyword counts like a bare one. Only a short one can be a keyword.
        if (word.Raw.Length > 256)
        {
            return LineKind.Directive;
        }

        Span<byte> buffer = stackalloc byte[word.Raw.Length];
        return ClassifyValue(buffer[..word.Decode(buffer)], out section);
    }

    private static LineKind ClassifyValue(ReadOnlySpan<byte> value, out SectionKind section)
    {
        section = SectionKind.None;
        // \x00 cuts the word off where it stands.
        var nul = value.IndexOf(WordReader.Nul);
        if (nul >= 0)
        {
            value = value[..nul];
        }

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
