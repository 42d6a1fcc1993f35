using System.Text;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3112: an ACL that no condition of its section names.</summary>
internal sealed class UnusedAclRule : IConfigurationRule
{
    public void Check(AnalysisRun run)
    {
        foreach (var (key, symbol) in run.Symbols.All)
        {
            if (key.Kind == SymbolKind.Acl && !symbol.IsUsed)
            {
                run.Report(
                    DiagnosticSeverity.Info, DiagnosticIds.UnusedAcl, symbol.First,
                    $"no condition uses the ACL '{Encoding.UTF8.GetString(key.Name.Span)}'",
                    "remove it, or name it behind 'if' or 'unless'");
            }
        }
    }
}
