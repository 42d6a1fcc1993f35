using System.Text;
using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Analysis.Rules;

/// <summary>
/// HK3104: a rule changes a map or a list of patterns that nothing loads. HAProxy accepts that, and the rule does nothing.
/// </summary>
/// <remarks>HAProxy compares the paths as they are written, so that <c>./a.map</c> is another map than <c>a.map</c>.</remarks>
internal sealed class LoadedFileRule : IValueRule, ILineRule, IConfigurationRule
{
    private readonly List<(byte[] Path, Site Site, string Owner)> _changed = [];

    public ReadOnlySpan<ValueKind> Kinds => [ValueKind.MapFile, ValueKind.AclFile];

    /// <summary>A Lua script can load maps as well.</summary>
    public IReadOnlyList<string> Keywords => ["lua-load", "lua-load-per-thread"];

    public void Check(LineContext line) => line.Run.Symbols.MayLoadMore = true;

    public void Check(in ValueContext value)
    {
        if (value.Line.Section.Kind != SectionKind.Acme && !value.Line.Words.HasVariables(value.Word))
        {
            _changed.Add((value.Value.ToArray(), value.Line.SiteOf(value.Word), value.Owner));
        }
    }

    public void Check(AnalysisRun run)
    {
        if (run.Symbols.MayLoadMore)
        {
            return;
        }

        foreach (var (path, site, owner) in _changed)
        {
            if (!run.Symbols.Contains(SymbolKind.File, path))
            {
                run.Report(
                    DiagnosticSeverity.Warning, DiagnosticIds.UndefinedReference, site,
                    $"'{owner}' changes '{Encoding.UTF8.GetString(path)}', which nothing loads, so that it does nothing",
                    "load it with a converter such as map(FILE), or with -f FILE in an ACL, by the same path");
            }
        }
    }
}
