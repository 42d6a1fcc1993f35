using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3104: a line refers to a proxy, a server or a section that does not exist.</summary>
internal sealed class UndefinedReferenceRule : IReferenceRule
{
    public void Check(AnalysisRun run, in Reference reference)
    {
        if (!Exists(run, reference, out var what))
        {
            run.Report(
                reference.Kind is SymbolKind.Ring or SymbolKind.LogProfile ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error,
                DiagnosticIds.UndefinedReference, reference.Site,
                reference.Kind == SymbolKind.Group
                    ? what
                    : $"'{reference.Owner.Name}' refers to {what} '{run.Names.Text(reference.Name)}', which does not exist");
        }
    }

    private static bool Exists(AnalysisRun run, in Reference reference, out string what)
    {
        var name = run.Names[reference.Name];
        switch (reference.Kind)
        {
            case SymbolKind.Backend:
                what = "a backend";
                return run.Symbols.Contains(SymbolKind.Backend, name);
            case SymbolKind.Server:
                what = "a server";
                return ServerExists(run, reference, name);
            case SymbolKind.Table:
                what = "a stick table";
                return TableExists(run, name);
            case SymbolKind.Group:
                return UserGroups.Exists(run, name, out what);
            default:
                what = $"a {Sections(reference.Kind)} section";
                // HAProxy makes resolvers of this name itself, from the system's settings.
                return run.Symbols.Contains(reference.Kind, name) || (reference.Kind == SymbolKind.Resolvers && name.SequenceEqual("default"u8));
        }
    }

    private static bool ServerExists(AnalysisRun run, in Reference reference, ReadOnlySpan<byte> name)
    {
        var slash = name.IndexOf((byte)'/');
        if (slash < 0)
        {
            return run.Symbols.Contains(SymbolKind.Server, name, reference.Section) || run.Sections[reference.Section - 1].Kind == Syntax.SectionKind.Defaults;
        }

        return run.Symbols.TryFind(SymbolKind.Backend, name[..slash], out var backend)
            && run.Symbols.Contains(SymbolKind.Server, name[(slash + 1)..], run.Symbols[backend].Section);
    }

    private static bool TableExists(AnalysisRun run, ReadOnlySpan<byte> name)
    {
        if (name.IndexOf((byte)'/') >= 0)
        {
            return run.Symbols.Contains(SymbolKind.Table, name);
        }

        return run.Symbols.TryFind(SymbolKind.Proxy, name, out var proxy)
            && (run.Sections[run.Symbols[proxy].Section - 1].Traits & SectionTraits.StickTable) != 0;
    }

    private static string Sections(SymbolKind kind) => kind switch
    {
        SymbolKind.HttpErrors => "http-errors",
        SymbolKind.FcgiApp => "fcgi-app",
        SymbolKind.LogProfile => "log-profile",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
