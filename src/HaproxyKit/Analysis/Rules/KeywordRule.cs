using System.Text;
using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Analysis.Rules;

/// <summary>
/// HK3201 to HK3203: a line begins with no keyword, with one of another section, or with one that another version of
/// HAProxy has.
/// </summary>
internal static class KeywordRule
{
    /// <summary>Reports why a line has no keyword that is legal here.</summary>
    internal static void Check(LineContext line, in NameMatch match)
    {
        // HAProxy reads over what it does not know there.
        if (line.Section.Kind == SectionKind.NamespaceList)
        {
            return;
        }

        var section = SectionKeywords.KeywordOf(line.Section.Kind);
        switch (match.Status)
        {
            case LookupStatus.Unknown:
                var name = Written(line, match.NameIndex, match.ArgumentIndex);
                line.Error(
                    DiagnosticIds.UnknownKeyword, match.ArgumentIndex, $"'{name}' is no keyword of '{section}'",
                    line.Run.MayGuess() && match.Nearest(line.Words[match.ArgumentIndex]) is { } nearest ? $"did you mean '{nearest}'?" : null);
                break;
            case LookupStatus.Incomplete:
                line.Error(
                    DiagnosticIds.MissingArgument, line.Words.Count,
                    $"'{Written(line, match.NameIndex, line.Words.Count - 1)}' needs another word behind it");
                break;
            case LookupStatus.OtherSection:
                line.Error(
                    DiagnosticIds.KeywordInWrongSection, match.NameIndex, $"'{match.Entry.Name}' cannot stand in '{section}'",
                    $"it belongs to: {Sections(match.Entry)}");
                break;
            case LookupStatus.OtherVersion:
                ReportVersion(line, match);
                break;
        }
    }

    private static void ReportVersion(LineContext line, in NameMatch match)
    {
        var entry = match.Entry;
        var successor = entry.Successor is { } text ? $"write '{text}' instead" : null;
        line.Error(
            DiagnosticIds.KeywordOfOtherVersion, match.NameIndex,
            entry.Removed is { } removed && removed <= line.Run.Version
                ? $"HAProxy {removed} and newer have no '{entry.Name}'"
                : $"'{entry.Name}' came with HAProxy {entry.Since}",
            successor);
    }

    private static string Written(LineContext line, int first, int last)
    {
        var text = new StringBuilder();
        for (var i = first; i <= last && i < line.Words.Count; i++)
        {
            text.Append(i > first ? " " : "").Append(line.Text(i));
        }

        return text.ToString();
    }

    private static string Sections(CatalogEntry entry) => string.Join(
        ", ", Enum.GetValues<SectionKind>().Where(kind => kind != SectionKind.None && entry.IsLegalIn(kind)).Select(SectionKeywords.KeywordOf));
}
