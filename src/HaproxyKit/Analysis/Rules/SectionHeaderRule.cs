using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Analysis.Rules;

/// <summary>
/// HK3205 and HK3206 for the first line of a section, and HK3203 where the HAProxy meant has no such section.
/// </summary>
internal sealed class SectionHeaderRule(ValueRules values)
{
    internal void Check(LineContext line)
    {
        var name = NameMatch.Find(line.Run.Catalog, EntryClass.Section, SectionKind.None, new LineWordSource(line.Words));
        if (name.Status == LookupStatus.Found)
        {
            ValueRules.CheckName(line, 0, name.Entry);
            DirectiveChecker.Check(line, name, values);
        }
        else if (name.Status == LookupStatus.OtherVersion)
        {
            line.Error(
                DiagnosticIds.KeywordOfOtherVersion, 0,
                name.Entry.Removed is { } removed && removed <= line.Run.Version
                    ? $"HAProxy {removed} and newer have no '{name.Entry.Name}' sections"
                    : $"'{name.Entry.Name}' sections came with HAProxy {name.Entry.Since}");
        }
    }
}
