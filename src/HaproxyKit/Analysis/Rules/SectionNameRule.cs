using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3101: two sections of one kind have the same name.</summary>
internal sealed class SectionNameRule : ILineRule
{
    public IReadOnlyList<string> Keywords => [];

    public void Check(LineContext line)
    {
        var section = line.Section;
        if (section.Name.Length == 0 || line.Words.HasVariables(1))
        {
            return;
        }

        var run = line.Run;
        var name = line.Words[1];
        if (section.IsProxy)
        {
            CheckProxy(line, run, name);
        }
        else if (SymbolOf(section.Kind) is { } kind && Define(run, kind, name, section) is { } other)
        {
            ReportDuplicate(line, other, kind);
        }
    }

    private static void CheckProxy(LineContext line, AnalysisRun run, ReadOnlySpan<byte> name)
    {
        var section = line.Section;
        var front = section.IsFrontend ? Define(run, SymbolKind.Frontend, name, section) : null;
        var back = section.IsBackend ? Define(run, SymbolKind.Backend, name, section) : null;

        // Up to 3.0 a listen is compared with those before it that take connections, and with no others.
        var same = front ?? (section.IsFrontend && run.Version <= Catalog.HaproxyVersion.V3_0 ? null : back);
        var any = Define(run, SymbolKind.Proxy, name, section);
        if (same is { } other)
        {
            line.Error(DiagnosticIds.DuplicateName, 1, $"'{line.Text(1)}' is already the name of the proxy in line {other.Number}", "give each proxy a name of its own");
        }
        else if (any is { } first)
        {
            line.Report(
                run.Version > Catalog.HaproxyVersion.V3_2 ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
                DiagnosticIds.DuplicateName, 1,
                $"a frontend and a backend have the same name, '{line.Text(1)}' (line {first.Number})",
                "HAProxy refuses that from 3.3 on: give each proxy a name of its own");
        }
    }

    /// <summary>Takes down the name of a section.</summary>
    /// <returns>The section before it that HAProxy reads as well and that has the same name, or null.</returns>
    private static Site? Define(AnalysisRun run, SymbolKind kind, ReadOnlySpan<byte> name, SectionContext section)
    {
        run.Symbols.Define(kind, name, section.Header, section, out var clash);
        return clash;
    }

    /// <summary>Of the other kinds HAProxy refuses duplicates, ignores them, or needs none to be told apart.</summary>
    private static void ReportDuplicate(LineContext line, Site other, SymbolKind kind)
    {
        var severity = kind switch
        {
            SymbolKind.Userlist => DiagnosticSeverity.Warning,
            SymbolKind.Defaults => DiagnosticSeverity.Info,
            _ => DiagnosticSeverity.Error,
        };
        line.Report(
            severity, DiagnosticIds.DuplicateName, 1,
            $"'{line.Text(1)}' is already the name of the section in line {other.Number}",
            kind == SymbolKind.Userlist ? "HAProxy ignores the second one" : null);
    }

    private static SymbolKind? SymbolOf(SectionKind kind) => kind switch
    {
        SectionKind.Defaults => SymbolKind.Defaults,
        SectionKind.Userlist => SymbolKind.Userlist,
        SectionKind.Peers => SymbolKind.Peers,
        SectionKind.Mailers => SymbolKind.Mailers,
        SectionKind.Resolvers => SymbolKind.Resolvers,
        SectionKind.Cache => SymbolKind.Cache,
        SectionKind.Ring => SymbolKind.Ring,
        SectionKind.LogForward => SymbolKind.LogForward,
        SectionKind.LogProfile => SymbolKind.LogProfile,
        SectionKind.HttpErrors => SymbolKind.HttpErrors,
        SectionKind.FcgiApp => SymbolKind.FcgiApp,
        SectionKind.CrtStore => SymbolKind.CrtStore,
        SectionKind.Acme => SymbolKind.Acme,
        SectionKind.Healthcheck => SymbolKind.Healthcheck,
        SectionKind.Program => SymbolKind.Program,
        _ => null,
    };
}
