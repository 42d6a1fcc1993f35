using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis.Rules;

/// <summary>
/// HK3205 and HK3206 for the first line of a section, and HK3203 where the HAProxy meant has no such section.
/// </summary>
internal sealed class SectionHeaderRule(ValueRules values)
{
    internal void Check(LineContext line)
    {
        var lookup = line.Run.Catalog.FindSectionOf(line.Words);
        if (lookup.Status == LookupStatus.Found)
        {
            ValueRules.CheckName(line, 0, lookup.Entry);
            DirectiveChecker.Check(line, lookup, values);
        }
        else if (lookup.Status == LookupStatus.OtherVersion)
        {
            line.Error(
                DiagnosticIds.KeywordOfOtherVersion, 0,
                lookup.Entry.Removed is { } removed && removed <= line.Run.Version
                    ? $"HAProxy {removed} and newer have no '{lookup.Entry.Name}' sections"
                    : $"'{lookup.Entry.Name}' sections came with HAProxy {lookup.Entry.Since}");
        }
    }
}
