using System.Text;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3104: a line refers to a proxy, a server or a section that does not exist.</summary>
internal sealed class UndefinedReferenceRule : IConfigurationRule
{
    public void Check(AnalysisRun run)
    {
        foreach (var reference in run.References)
        {
            if (!Exists(run, reference, out var what))
            {
                run.Report(
                    reference.Kind is SymbolKind.Ring or SymbolKind.LogProfile or SymbolKind.Mailers ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error,
                    DiagnosticIds.UndefinedReference, reference.Site,
                    $"'{reference.Keyword}' refers to {what} '{Encoding.UTF8.GetString(reference.Name.Span)}', which does not exist");
            }
        }
    }

    private static bool Exists(AnalysisRun run, Reference reference, out string what)
    {
        var name = reference.Name.Span;
        switch (reference.Kind)
        {
            case SymbolKind.Backend:
                what = "a backend";
                return run.Symbols.Find(SymbolKind.Backend, name) is not null;
            case SymbolKind.Server:
                what = "a server";
                return ServerExists(run, reference, name);
            case SymbolKind.Table:
                what = "a stick table";
                return TableExists(run, name);
            default:
                what = $"a {Sections(reference.Kind)} section";
                // HAProxy makes resolvers of this name itself, from the system's settings.
                return Use(run.Symbols.Find(reference.Kind, name)) || (reference.Kind == SymbolKind.Resolvers && name.SequenceEqual("default"u8));
        }
    }

    private static bool ServerExists(AnalysisRun run, Reference reference, ReadOnlySpan<byte> name)
    {
        var slash = name.IndexOf((byte)'/');
        if (slash < 0)
        {
            return run.Symbols.Find(SymbolKind.Server, name, reference.Section.Number) is not null || reference.Section.Kind == Syntax.SectionKind.Defaults;
        }

        var backend = run.Symbols.Find(SymbolKind.Backend, name[..slash]);
        return backend?.Section is { } section && run.Symbols.Find(SymbolKind.Server, name[(slash + 1)..], section.Number) is not null;
    }

    private static bool TableExists(AnalysisRun run, ReadOnlySpan<byte> name)
    {
        if (name.IndexOf((byte)'/') >= 0)
        {
            return run.Symbols.Find(SymbolKind.Table, name) is not null;
        }

        return run.Symbols.Find(SymbolKind.Proxy, name)?.Section is { } section && (section.Traits & SectionTraits.StickTable) != 0;
    }

    private static bool Use(Symbol? symbol)
    {
        if (symbol is not null)
        {
            symbol.IsUsed = true;
        }

        return symbol is not null;
    }

    private static string Sections(SymbolKind kind) => kind switch
    {
        SymbolKind.HttpErrors => "http-errors",
        SymbolKind.FcgiApp => "fcgi-app",
        SymbolKind.LogProfile => "log-profile",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
