using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis.Rules;

/// <summary>
/// HK3214: a server has neither an address nor the name of a host, and HAProxy looks it up while it starts: nothing of
/// the line, of
/// <c>default-server</c> or of the section puts that off.
/// </summary>
internal sealed class LateAddressRule : ILineRule, ISectionRule
{
    private readonly List<(Site Site, string Message)> _faults = [];

    public IReadOnlyList<string> Keywords => ["default-server", "disabled"];

    public void Check(LineContext line)
    {
        if (line.Keyword.SequenceEqual("disabled"u8) || IsLookedUpLater(line, line.First + 1))
        {
            line.Section.Traits |= SectionTraits.LateAddress;
        }
    }

    public void Check(SectionContext section, AnalysisRun run)
    {
        if (!section.Has(SectionTraits.LateAddress))
        {
            foreach (var (site, message) in _faults)
            {
                run.Report(
                    DiagnosticSeverity.Error, DiagnosticIds.InvalidAddress, site, message,
                    "for example 192.0.2.1:80 or app.example.org:80");
            }
        }

        _faults.Clear();
    }

    /// <summary>Takes down what cannot be looked up.</summary>
    internal void Add(in ValueContext value, string fault)
    {
        var line = value.Line;
        if (line.Section.IsBackend && line.Keyword.SequenceEqual("server"u8) && !IsLookedUpLater(line, line.First + 3))
        {
            _faults.Add((line.SiteOf(value.Word), $"'{value.Text}' is no address: {fault}"));
        }
    }

    private static bool IsLookedUpLater(in LineContext line, int first)
    {
        for (var i = first; i < line.Words.Count; i++)
        {
            var word = line.Words[i];
            if (word.SequenceEqual("init-addr"u8) || word.SequenceEqual("resolvers"u8) || line.Words.HasVariables(i))
            {
                return true;
            }
        }

        return false;
    }
}
