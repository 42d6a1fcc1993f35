using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis.Rules;

/// <summary>
/// HK3109: <c>default_backend</c> or <c>use_backend</c> names the proxy itself, or one of another mode (manual,
/// chapter 4.2).
/// </summary>
internal sealed class ProxyModeRule : IReferenceRule
{
    public void Check(AnalysisRun run, in Reference reference)
    {
        if (reference.Kind != SymbolKind.Backend || !IsUse(reference.Owner)
            || !run.Symbols.TryFind(SymbolKind.Backend, run.Names[reference.Name], out var symbol))
        {
            return;
        }

        var section = run.Sections[reference.Section - 1];
        var backend = run.Sections[run.Symbols[symbol].Section - 1];
        if (backend == section)
        {
            Report(run, reference, "the proxy sends its connections to itself");
        }
        else if (section.IsProxy && !CanServe(section.Modes, backend.Modes) && !run.Symbols.IsRepeated(symbol))
        {
            Report(run, reference, $"'{run.Names.Text(reference.Name)}' is of another mode than the proxy of this line");
        }
    }

    private static bool IsUse(CatalogEntry owner) =>
        owner.NameBytes.SequenceEqual("default_backend"u8) || owner.NameBytes.SequenceEqual("use_backend"u8);

    /// <summary>Connections of a TCP proxy may go to one that speaks HTTP.</summary>
    private static bool CanServe(ProxyModes front, ProxyModes back) =>
        (front & back) != 0 || ((front & ProxyModes.Tcp) != 0 && (back & ProxyModes.Http) != 0);

    private static void Report(AnalysisRun run, in Reference reference, string message) => run.Report(
        DiagnosticSeverity.Error, DiagnosticIds.UnfitBackend, reference.Site, message, "see 'mode' in both, and in their defaults");
}
