using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Analysis;

/// <summary>The line that is being read with what is known of its place, as rules see it: one object for all lines of an analysis.</summary>
internal sealed class LineContext(AnalysisRun run)
{
    internal AnalysisRun Run { get; } = run;

    internal LineWords Words { get; } = new();

    /// <summary>The section that the line stands in, or begins; not to be asked for lines before the first section.</summary>
    internal SectionContext Section { get; private set; } = null!;

    /// <summary>The index of the keyword among the words: 1 behind <c>no</c> or <c>default</c>.</summary>
    internal int First { get; private set; }

    /// <summary>The keyword.</summary>
    internal ReadOnlySpan<byte> Keyword => Words[First];

    /// <summary>An argument: 0 is the word behind the keyword.</summary>
    internal ReadOnlySpan<byte> Argument(int index) => Words[First + 1 + index];

    internal bool HasArgument(int index) => First + 1 + index < Words.Count;

    /// <summary>What HAProxy refuses, if it reads the line.</summary>
    internal void Error(string id, int word, string message, string? hint = null) =>
        Report(DiagnosticSeverity.Error, id, word, message, hint);

    internal void Warning(string id, int word, string message, string? hint = null) =>
        Report(DiagnosticSeverity.Warning, id, word, message, hint);

    internal void Info(string id, int word, string message, string? hint = null) =>
        Report(DiagnosticSeverity.Info, id, word, message, hint);

    internal void Report(DiagnosticSeverity severity, string id, int word, string message, string? hint) =>
        Run.Report(severity, id, SiteOf(word), message, hint);

    /// <summary>The place of a word.</summary>
    internal Site SiteOf(int word) => Run.SiteOf(Words.SpanOf(word));

    /// <summary>A word as text for messages.</summary>
    internal string Text(int word) => System.Text.Encoding.UTF8.GetString(Words[word]);

    /// <summary>Says what the rules are to know of the words that were read.</summary>
    internal void Enter(SectionContext section, int first) => (Section, First) = (section, first);
}
