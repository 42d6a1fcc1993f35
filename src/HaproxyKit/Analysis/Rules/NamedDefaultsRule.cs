using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3202 for rules and ACLs in a <c>defaults</c> section that has no name (manual, chapter 4).</summary>
internal static class NamedDefaultsRule
{
    internal static bool Check(LineContext line, CatalogEntry entry)
    {
        if (line.Section.Kind != SectionKind.Defaults || !entry.NeedsNamedDefaults)
        {
            return true;
        }

        if (line.Section.Name.Length > 0)
        {
            line.Section.Traits |= line.SiteOf(line.First).Branch == 0 ? DefaultsSharing.RulesOf(line) : SectionTraits.None;
            return true;
        }

        line.Error(
            DiagnosticIds.KeywordInWrongSection, line.First, $"'{entry.Name}' can stand only in defaults that have a name",
            "name the section, and refer to it with 'from'");
        return false;
    }
}
