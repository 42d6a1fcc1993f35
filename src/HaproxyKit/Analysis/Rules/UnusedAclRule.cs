using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3112: an ACL that no condition of its section names.</summary>
internal sealed class UnusedAclRule : IConfigurationRule
{
    public void Check(AnalysisRun run)
    {
        for (var i = 0; i < run.Symbols.Count; i++)
        {
            ref readonly var symbol = ref run.Symbols[i];
            if (symbol.Kind == SymbolKind.Acl && !symbol.IsUsed)
            {
                run.Report(
                    DiagnosticSeverity.Info, DiagnosticIds.UnusedAcl, symbol.First,
                    $"no condition uses the ACL '{run.Names.Text(symbol.Name)}'",
                    "remove it, or name it behind 'if' or 'unless'");
            }
        }
    }
}
