using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3306: a proxy has no limit on how long it waits, of which HAProxy warns (manual, chapter 4.2, <c>timeout</c>).</summary>
internal sealed class TimeoutRule : ISectionRule
{
    public void Check(SectionContext section, AnalysisRun run)
    {
        if (!section.IsProxy || (section.Modes & (ProxyModes.Tcp | ProxyModes.Http)) == 0)
        {
            return;
        }

        var missing = new List<string>();
        if (section.IsFrontend && !section.Has(SectionTraits.TimeoutClient))
        {
            missing.Add("timeout client");
        }

        if (section.IsBackend && (section.Traits & SectionTraits.Server) != 0)
        {
            if (!section.Has(SectionTraits.TimeoutConnect))
            {
                missing.Add("timeout connect");
            }

            if (!section.Has(SectionTraits.TimeoutServer) && !(section.Modes == ProxyModes.Tcp && section.Has(SectionTraits.TimeoutTunnel)))
            {
                missing.Add("timeout server");
            }
        }

        if (missing.Count > 0)
        {
            run.Report(
                DiagnosticSeverity.Warning, DiagnosticIds.MissingTimeout, section.Header, $"'{run.Names.Text(section.Name)}' has no {string.Join(" and no ", missing)}",
                "connections that never end use up memory; set them in a defaults section");
        }
    }
}
