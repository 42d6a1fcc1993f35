using System.Text;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis.Rules;

/// <summary>
/// HK3109: <c>default_backend</c> or <c>use_backend</c> names the proxy itself, or one of another mode (manual,
/// chapter 4.2).
/// </summary>
internal sealed class ProxyModeRule : IConfigurationRule
{
    public void Check(AnalysisRun run)
    {
        foreach (var reference in run.References)
        {
            if (reference.Kind != SymbolKind.Backend || reference.Keyword is not ("default_backend" or "use_backend")
                || run.Symbols.Find(SymbolKind.Backend, reference.Name.Span) is not { Section: { } backend } symbol)
            {
                continue;
            }

            symbol.IsUsed = true;
            if (backend == reference.Section)
            {
                Report(run, reference, "the proxy sends its connections to itself");
            }
            else if (reference.Section.IsProxy && !CanServe(reference.Section.Modes, backend.Modes) && symbol.Definitions.Count() == 1)
            {
                Report(run, reference, $"'{Encoding.UTF8.GetString(reference.Name.Span)}' is of another mode than the proxy of this line");
            }
        }
    }

    /// <summary>Connections of a TCP proxy may go to one that speaks HTTP.</summary>
    private static bool CanServe(ProxyModes front, ProxyModes back) =>
        (front & back) != 0 || ((front & ProxyModes.Tcp) != 0 && (back & ProxyModes.Http) != 0);

    private static void Report(AnalysisRun run, Reference reference, string message) => run.Report(
        DiagnosticSeverity.Error, DiagnosticIds.UnfitBackend, reference.Site, message, "see 'mode' in both, and in their defaults");
}
