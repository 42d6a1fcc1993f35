namespace HaproxyKit.Analysis;

/// <summary>A rule about sections as a whole.</summary>
internal interface ISectionRule
{
    /// <summary>Looks at a section behind its last line.</summary>
    void Check(SectionContext section, AnalysisRun run);
}
