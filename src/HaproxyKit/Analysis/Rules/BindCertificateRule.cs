using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3106: <c>bind</c> with <c>ssl</c> has no certificate (configuration manual, chapter 5.1).</summary>
internal sealed class BindCertificateRule : ILineRule, ISectionRule
{
    private readonly List<Site> _without = [];

    public IReadOnlyList<string> Keywords => ["bind", "ssl-f-use"];

    public void Check(LineContext line)
    {
        if (line.Keyword.SequenceEqual("ssl-f-use"u8))
        {
            line.Section.Traits |= SectionTraits.Certificate;
            return;
        }

        if (!line.Words.MayHold("ssl"u8))
        {
            return;
        }

        var ssl = 0;
        for (var i = line.First + 2; i < line.Words.Count; i++)
        {
            if (line.Words[i].SequenceEqual("ssl"u8))
            {
                ssl = i;
            }
            else if (line.Words.HasVariables(i) || line.Words[i].SequenceEqual("crt"u8) || line.Words[i].SequenceEqual("crt-list"u8)
                || line.Words[i].SequenceEqual("default-crt"u8) || line.Words[i].SequenceEqual("generate-certificates"u8))
            {
                return;
            }
        }

        if (ssl > 0)
        {
            _without.Add(line.SiteOf(ssl));
        }
    }

    public void Check(SectionContext section, AnalysisRun run)
    {
        if ((section.Traits & SectionTraits.Certificate) == 0)
        {
            foreach (var site in _without)
            {
                run.Report(
                    DiagnosticSeverity.Error, DiagnosticIds.MissingCertificate, site, "'ssl' needs a certificate",
                    "add crt FILE, or crt-list FILE");
            }
        }

        _without.Clear();
    }
}
