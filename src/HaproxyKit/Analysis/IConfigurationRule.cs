namespace HaproxyKit.Analysis;

/// <summary>A rule about the configuration as a whole.</summary>
internal interface IConfigurationRule
{
    /// <summary>Looks at what was collected, behind the last line of the last file.</summary>
    void Check(AnalysisRun run);
}
