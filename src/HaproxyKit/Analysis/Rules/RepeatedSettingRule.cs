using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3105: <c>global</c> says twice what HAProxy takes once; it keeps the first.</summary>
internal sealed class RepeatedSettingRule : ILineRule
{
    private readonly Dictionary<string, Site> _seen = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Keywords => ["maxconn", "pidfile", "chroot", "uid", "gid", "user", "group"];

    public void Check(LineContext line)
    {
        if (line.Section.Kind != SectionKind.Global)
        {
            return;
        }

        var site = line.SiteOf(line.First);
        if (!_seen.TryAdd(line.Text(line.First), site)
            && _seen[line.Text(line.First)] is var first && !line.Run.Branches.AreExclusive(first, site))
        {
            line.Warning(
                DiagnosticIds.RepeatedSetting, line.First, $"'{line.Text(line.First)}' stands already in line {first.Number}; HAProxy ignores this one",
                "remove one of them");
        }
    }
}
