namespace HaproxyKit.Analysis;

/// <summary>A rule about references to names, when all names are known.</summary>
internal interface IReferenceRule
{
    /// <summary>Looks at one reference.</summary>
    void Check(AnalysisRun run, in Reference reference);
}
