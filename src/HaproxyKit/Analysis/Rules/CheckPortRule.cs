using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3108: a server is checked, and neither its address nor anything else says on which port (chapter 5.2).</summary>
internal sealed class CheckPortRule : ILineRule, ISectionRule
{
    private readonly List<Site> _without = [];

    public IReadOnlyList<string> Keywords => ["server", "default-server", "tcp-check", "http-check"];

    public void Check(LineContext line)
    {
        switch (line.Keyword[0])
        {
            case (byte)'s':
                CheckServer(line);
                break;
            case (byte)'d':
                line.Section.Traits |= SaysPort(line, line.First + 1, out _) ? SectionTraits.CheckPort : SectionTraits.None;
                break;
            default:
                line.Section.Traits |= line.Argument(0).SequenceEqual("connect"u8) && Connects(line) ? SectionTraits.CheckPort : SectionTraits.None;
                break;
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

    private void CheckServer(LineContext line)
    {
        if (line.Words.MayHold("check"u8) && !SaysPort(line, line.First + 3, out var check) && check > 0 && line.Section.IsBackend
            && !HasPort(line.Argument(1)) && !line.Words.HasVariables(line.First + 2))
        {
            _without.Add(line.SiteOf(check));
        }
    }

    /// <summary>Whether words of a server say where it is checked, or that another one is.</summary>
    /// <param name="line">The line.</param>
    /// <param name="first">The index of the first such word.</param>
    /// <param name="check">The index of <c>check</c>, or 0.</param>
    private static bool SaysPort(LineContext line, int first, out int check)
    {
        check = 0;
        for (var i = first; i < line.Words.Count; i++)
        {
            var word = line.Words[i];
            if (word.SequenceEqual("port"u8) || word.SequenceEqual("addr"u8) || word.SequenceEqual("track"u8))
            {
                return true;
            }

            check = check == 0 && word.SequenceEqual("check"u8) ? i : check;
        }

        return false;
    }

    private static bool Connects(LineContext line)
    {
        for (var i = line.First + 1; i < line.Words.Count; i++)
        {
            if (line.Words[i].SequenceEqual("port"u8) || line.Words[i].SequenceEqual("default"u8))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasPort(ReadOnlySpan<byte> address)
    {
        var at = address.LastIndexOfAny((byte)':', (byte)']');
        return address.IsEmpty || address.ContainsAny("/$@"u8) || (at >= 0 && address[at] == ':' && at + 1 < address.Length && address[at + 1] is not (byte)'0');
    }
}
