using System.Collections.Immutable;
using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Analysis;

/// <summary>Finds mistakes in configurations without running HAProxy.</summary>
/// <remarks>
/// <para>Errors are what HAProxy of the version meant refuses, warnings what it warns of or what can hardly be meant,
/// infos what is worth a look. The findings of <see cref="ConfigDocument.Diagnose"/> are among them.</para>
/// <para>What depends on the machine is not judged: whether files exist, what host names resolve to, and the values
/// of words with environment variables. Of conditions that depend on the environment both branches are read; what
/// HAProxy would refuse in a branch that it may skip is a warning.</para>
/// </remarks>
public static class ConfigAnalyzer
{
    /// <summary>Analyses one file.</summary>
    /// <param name="document">The file.</param>
    /// <param name="version">The HAProxy that it is for.</param>
    /// <returns>The findings in the order of the lines.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="document"/> is null.</exception>
    public static ImmutableArray<Diagnostic> Analyze(ConfigDocument document, HaproxyVersion version) =>
        Analyze(document, new AnalysisOptions { Version = version });

    /// <summary>Analyses one file.</summary>
    /// <param name="document">The file.</param>
    /// <param name="options">What to look for.</param>
    /// <returns>The findings in the order of the lines.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static ImmutableArray<Diagnostic> Analyze(ConfigDocument document, AnalysisOptions options)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Analyze([document], options);
    }

    /// <summary>Analyses several files as one configuration, as HAProxy reads several <c>-f</c>.</summary>
    /// <param name="documents">The files in HAProxy's order.</param>
    /// <param name="options">What to look for.</param>
    /// <returns>The findings in the order of the files and lines.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static ImmutableArray<Diagnostic> Analyze(IReadOnlyList<ConfigDocument> documents, AnalysisOptions options)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(options);
        using var run = new AnalysisRun(documents, options);
        return run.Analyze();
    }
}
