namespace HaproxyKit.Control.Deployment;

/// <summary>
/// Whether a configuration file can be replaced as production demands, found out before anything depends on it.
/// </summary>
public sealed record ConfigFileVerification
{
    /// <summary>Whether the file can be replaced with its owner, mode and attributes kept.</summary>
    public bool IsUsable => Fault is null;

    /// <summary>What is in the way, or null where nothing is.</summary>
    public ConfigFileFault? Fault { get; init; }

    /// <summary>
    /// The same for people, with the name of the file and what helps; empty where nothing is in the way.
    /// </summary>
    public string Message { get; init; } = "";

    /// <summary>The full name of the file, links resolved; null where it does not resolve.</summary>
    public string? ResolvedPath { get; init; }

    /// <summary>
    /// Whether the file system exchanges two names in one step. Where it does not, an editor's save can be lost that
    /// falls between the last comparison and the rename, a few microseconds.
    /// </summary>
    public bool CanExchange { get; init; }

    /// <summary>How many temporary files of a killed process were removed.</summary>
    public int RemovedLeftovers { get; init; }

    /// <summary>
    /// Whether a process was killed while it held somebody's save that it had not meant to replace, and that save was
    /// put back now.
    /// </summary>
    public bool RescuedSave { get; init; }
}
