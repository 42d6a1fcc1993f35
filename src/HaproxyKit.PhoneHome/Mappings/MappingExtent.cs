using HaproxyKit.Syntax;

namespace HaproxyKit.PhoneHome.Mappings;

/// <summary>
/// Which lines of a marked section are ours: from the marker to the last directive. What the operator wrote above the marker, and blank lines,
/// comments and conditions behind the last directive, which may belong to what follows, are the operator's.
/// </summary>
internal static class MappingExtent
{
    internal static (int First, int Count) Of(SectionSyntax section, int markerLine)
    {
        var end = section.LineCount;
        while (end > section.HeaderLine + 1 && section[end - 1].Kind is LineKind.Blank or LineKind.Comment or LineKind.Dot)
        {
            end--;
        }

        // A condition that was put into our lines goes with them, to its end.
        var open = 0;
        for (var i = section.HeaderLine + 1; i < section.LineCount && (i < end || open > 0); i++)
        {
            open += Depth(section[i]);
            end = Math.Max(end, i + 1);
        }

        return (markerLine, end - markerLine);
    }

    private static int Depth(ConfigLine line)
    {
        var words = line.Words;
        return line.Kind != LineKind.Dot || !words.MoveNext() ? 0
            : words.Current.Is(".if"u8) ? 1
            : words.Current.Is(".endif"u8) ? -1
            : 0;
    }
}
