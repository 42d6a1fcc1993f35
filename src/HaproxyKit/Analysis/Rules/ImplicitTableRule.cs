using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3104: a line tracks in the stick table of its own proxy, which has none (manual, chapter 4.2).</summary>
internal sealed class ImplicitTableRule : ILineRule, ISectionRule
{
    private readonly List<Site> _sites = [];

    public IReadOnlyList<string> Keywords => ["stick", "http-request", "http-response", "tcp-request"];

    public void Check(LineContext line)
    {
        if (!line.Section.IsProxy)
        {
            return;
        }

        var action = line.First + 1;
        var isTracking = line.Keyword.SequenceEqual("stick"u8);
        if (!isTracking)
        {
            action = line.Keyword.SequenceEqual("tcp-request"u8) ? action + 1 : action;
            isTracking = line.Words[action].StartsWith("track-sc"u8);
        }

        if (isTracking && line.HasArgument(1) && !Names(line, action + 1))
        {
            _sites.Add(line.SiteOf(action));
        }
    }

    public void Check(SectionContext section, AnalysisRun run)
    {
        if ((section.Traits & SectionTraits.StickTable) == 0)
        {
            foreach (var site in _sites)
            {
                run.Report(
                    DiagnosticSeverity.Error, DiagnosticIds.UndefinedReference, site, $"'{run.Names.Text(section.Name)}' has no stick table",
                    "add stick-table, or name another proxy's: table NAME");
            }
        }

        _sites.Clear();
    }

    private static bool Names(LineContext line, int first)
    {
        for (var i = first; i < line.Words.Count; i++)
        {
            if (line.Words[i].SequenceEqual("table"u8) || line.Words.HasVariables(i))
            {
                return true;
            }
        }

        return false;
    }
}
