using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis;

/// <summary>What <see cref="ConfigAnalyzer"/> looks for.</summary>
public sealed record AnalysisOptions
{
    /// <summary>The HAProxy that the configuration is for.</summary>
    /// <value>A branch from 2.6 on; newer ones than the catalog knows are judged as the newest it knows.</value>
    public required HaproxyVersion Version { get; init; }

    /// <summary>Findings that are less grave are left out.</summary>
    /// <value><see cref="DiagnosticSeverity.Info"/>: everything is told.</value>
    public DiagnosticSeverity MinimumSeverity { get; init; } = DiagnosticSeverity.Info;

    /// <summary>Ids of findings that are left out, such as <c>HK3301</c>.</summary>
    /// <value>None.</value>
    public IReadOnlyCollection<string> Ignored { get; init; } = [];
}
