using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3107: a section lacks a line that HAProxy wants in each section of its kind.</summary>
internal sealed class RequiredLineRule : ILineRule, ISectionRule
{
    public IReadOnlyList<string> Keywords => ["total-max-size", "docroot"];

    public void Check(LineContext line) => line.Section.Traits |= SectionTraits.RequiredLine;

    public void Check(SectionContext section, AnalysisRun run)
    {
        var required = section.Kind switch
        {
            SectionKind.Cache => "total-max-size",
            SectionKind.FcgiApp => "docroot",
            _ => null,
        };
        if (required is not null && (section.Traits & SectionTraits.RequiredLine) == 0)
        {
            run.Report(
                DiagnosticSeverity.Error, DiagnosticIds.MissingLine, section.Header,
                $"'{SectionKeywords.KeywordOf(section.Kind)} {run.Names.Text(section.Name)}' has no '{required}'", $"add a line: {required} ...");
        }
    }
}
