using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis.Rules;

/// <summary>
/// HK3110: a server is reached over TLS, and nothing says by which authority its certificate is verified (manual,
/// chapter 5.2, <c>verify</c>).
/// </summary>
internal sealed class ServerVerifyRule : ILineRule, IConfigurationRule
{
    private readonly List<(Site Site, SectionContext Section)> _without = [];
    private bool _isOffByDefault;

    public IReadOnlyList<string> Keywords => ["server", "server-template", "default-server", "ssl-server-verify"];

    public void Check(LineContext line)
    {
        if (line.Keyword.SequenceEqual("ssl-server-verify"u8))
        {
            _isOffByDefault |= !line.Argument(0).SequenceEqual("required"u8);
            return;
        }

        var isDefault = line.Keyword[0] == 'd';
        if (!isDefault && !line.Words.MayHold("ssl"u8) && !line.Words.MayHold("check-ssl"u8))
        {
            return;
        }

        var ssl = 0;
        for (var i = line.First + (isDefault ? 1 : 3); i < line.Words.Count; i++)
        {
            var word = line.Words[i];
            if (line.Words.HasVariables(i) || word.SequenceEqual("ca-file"u8)
                || (word.SequenceEqual("verify"u8) && !line.Words[i + 1].SequenceEqual("required"u8)))
            {
                line.Section.Traits |= isDefault ? SectionTraits.ServerVerify : SectionTraits.None;
                return;
            }

            ssl = word.SequenceEqual("ssl"u8) || word.SequenceEqual("check-ssl"u8) ? i : ssl;
        }

        if (ssl > 0 && !isDefault && line.Section.IsBackend)
        {
            _without.Add((line.SiteOf(ssl), line.Section));
        }
    }

    public void Check(AnalysisRun run)
    {
        foreach (var (site, section) in _without)
        {
            if (!_isOffByDefault && !section.Has(SectionTraits.ServerVerify))
            {
                run.Report(
                    DiagnosticSeverity.Error, DiagnosticIds.MissingAuthority, site,
                    "the server's certificate is to be verified, and no authority is named",
                    "add ca-file FILE, or verify none where nobody can listen in");
            }
        }
    }
}
