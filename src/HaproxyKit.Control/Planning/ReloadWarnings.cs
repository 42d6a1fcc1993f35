using System.Collections.Immutable;
using System.Text;
using HaproxyKit.Diagnostics;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Planning;

/// <summary>What a configuration leaves out that reloads need in production. It stops no reload.</summary>
public static class ReloadWarnings
{
    /// <summary>More stick tables than these are counted and not named.</summary>
    private const int MaxNamed = 5;

    /// <summary>Looks for what is left out.</summary>
    /// <param name="documents">The files that HAProxy reads.</param>
    /// <param name="isWhole">Whether these are all of them; what none of them says is missed only then.</param>
    /// <returns>One finding of a kind at most; none where nothing is missed.</returns>
    public static ImmutableArray<Diagnostic> Of(IReadOnlyCollection<ConfigDocument> documents, bool isWhole = true)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var sections = documents.SelectMany(document => new HaproxyConfig(document).Sections).ToList();
        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        if (isWhole && !sections.OfType<Global>().Any(global => global.HardStopAfter is not null))
        {
            found.Add(Findings.Warning(
                DiagnosticIds.NoHardStop, "no hard-stop-after in global: each long session keeps an old worker after a reload, for as long as it lasts"));
        }

        var tables = sections.OfType<ProxySection>()
            .SelectMany(section => section.Directives["stick-table"].OfType<StickTable>())
            .Where(table => table.Peers is null)
            .ToList();
        if (tables.Count > 0)
        {
            found.Add(Findings.Warning(DiagnosticIds.StickTableWithoutPeers, Describe(tables)) with { Location = LocationOf(tables[0]) });
        }

        return found.ToImmutable();
    }

    private static string Describe(List<StickTable> tables)
    {
        if (tables is [var only])
        {
            return $"the stick table of {only.Section.Name} names no peers: each reload empties it";
        }

        var names = string.Join(", ", tables.Take(MaxNamed).Select(table => table.Section.Name));
        var more = tables.Count > MaxNamed ? $" and {tables.Count - MaxNamed} more" : "";
        return $"the stick tables of {names}{more} name no peers: each reload empties them";
    }

    private static DiagnosticLocation LocationOf(StickTable table) => new()
    {
        File = table.Section.Config.Document.Path,
        Line = table.LineNumber,
        LineText = Encoding.UTF8.GetBytes(table.Text),
    };
}
