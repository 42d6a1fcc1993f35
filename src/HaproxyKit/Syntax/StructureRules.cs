using HaproxyKit.Diagnostics;

namespace HaproxyKit.Syntax;

/// <summary>What is wrong with the place or the shape of a line, whatever its keyword means.</summary>
internal static class StructureRules
{
    /// <summary>Whether a line shows at a glance that nothing is wrong with its place and shape.</summary>
    internal static bool IsSound(LineWords words, SectionKind section, bool isHeader) =>
        words.Count == 0
        || (isHeader ? !NeedsName(section) || NameRules.IsName(words[1])
            : section != SectionKind.None && words[0][0] != '.' && (words.Count > 1 || !IsModifier(words[0])));

    /// <summary>A line with a keyword of HAProxy's.</summary>
    internal static void CheckDirective(LinePlace place, SectionKind section, Action<Diagnostic> report)
    {
        var words = place.Line.Words;
        words.MoveNext();
        var keyword = words.Current;
        if ((keyword.Traits & WordTraits.Faulty) != 0)
        {
            return;
        }

        if (section == SectionKind.None)
        {
            report(place.ErrorWhereRead(
                DiagnosticIds.DirectiveOutsideSection, keyword.Span,
                $"'{keyword.ToString()}' stands before the first section",
                "begin a section first: global, defaults, frontend, backend, listen"));
        }

        if ((keyword.Is("no"u8) || keyword.Is("default"u8)) && !words.MoveNext())
        {
            report(place.ErrorWhereRead(
                DiagnosticIds.ModifierAlone, keyword.Span,
                $"'{keyword.ToString()}' needs a keyword behind it",
                "for example: no option httpclose"));
        }
    }

    /// <summary>The first line of a section.</summary>
    internal static void CheckName(LinePlace place, SectionKind kind, Action<Diagnostic> report)
    {
        if (!NeedsName(kind))
        {
            return;
        }

        var words = place.Line.Words;
        words.MoveNext();
        var keyword = words.Current.Span;
        if (!words.MoveNext())
        {
            report(place.ErrorWhereRead(
                DiagnosticIds.InvalidSectionName, keyword,
                $"'{SectionKeywords.KeywordOf(kind)}' needs a name",
                "names consist of letters, digits and . : _ -"));
        }
        else if (!words.Current.HasVariables && !NameRules.IsName(words.Current.IsPlain ? words.Current.Raw : words.Current.ToBytes()))
        {
            report(place.ErrorWhereRead(
                DiagnosticIds.InvalidSectionName, words.Current.Span,
                $"'{words.Current.ToString()}' is no name that HAProxy takes",
                "names consist of letters, digits and . : _ -"));
        }
    }

    private static bool IsModifier(ReadOnlySpan<byte> keyword) => keyword.SequenceEqual("no"u8) || keyword.SequenceEqual("default"u8);

    private static bool NeedsName(SectionKind kind) =>
        kind is SectionKind.Frontend or SectionKind.Backend or SectionKind.Listen;
}
