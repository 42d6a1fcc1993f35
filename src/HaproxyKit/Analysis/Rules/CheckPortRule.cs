using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3108: a server is checked, and neither its address nor anything else says on which port (chapter 5.2).</summary>
internal sealed class CheckPortRule : ILineRule, ISectionRule
{
    private readonly List<Site> _without = [];

    public IReadOnlyList<string> Keywords => ["server", "default-server", "tcp-check", "http-check"];

    public void Check(in LineContext line)
    {
        if (line.Keyword is not [(byte)'s', ..] and not [(byte)'d', ..])
        {
            if (line.Argument(0).SequenceEqual("connect"u8) && Has(line, "port"u8, "default"u8) > 0)
            {
                line.Section.Traits |= SectionTraits.CheckPort;
            }

            return;
        }

        if (Has(line, "port"u8, "addr"u8) > 0 || Has(line, "track"u8, "agent-check"u8) > 0)
        {
            line.Section.Traits |= line.Keyword[0] == 'd' ? SectionTraits.CheckPort : SectionTraits.None;
        }
        else if (line.Keyword[0] == 's' && line.Section.IsBackend && Has(line, "check"u8, "check"u8) is > 0 and var check
            && !HasPort(line.Argument(1)) && !line.Words.HasVariables(line.First + 2))
        {
            _without.Add(line.SiteOf(check));
        }
    }

    public void Check(SectionContext section, AnalysisRun run)
    {
        if (!section.Has(SectionTraits.CheckPort))
        {
            foreach (var site in _without)
            {
                run.Report(
                    DiagnosticSeverity.Error, DiagnosticIds.MissingCheckPort, site, "the check has no port to connect to",
                    "give the address a port, or add port NUMBER");
            }
        }

        _without.Clear();
    }

    private static int Has(in LineContext line, ReadOnlySpan<byte> word, ReadOnlySpan<byte> other)
    {
        for (var i = line.First + (line.Keyword[0] == 's' ? 3 : 1); i < line.Words.Count; i++)
        {
            if (line.Words[i].SequenceEqual(word) || line.Words[i].SequenceEqual(other))
            {
                return i;
            }
        }

        return 0;
    }

    private static bool HasPort(ReadOnlySpan<byte> address)
    {
        var at = address.LastIndexOfAny((byte)':', (byte)']');
        return address.IsEmpty || address.ContainsAny("/$@"u8) || (at >= 0 && address[at] == ':' && at + 1 < address.Length && address[at + 1] is not (byte)'0');
    }
}
