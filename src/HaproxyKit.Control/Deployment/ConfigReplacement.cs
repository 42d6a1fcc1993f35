namespace HaproxyKit.Control.Deployment;

/// <summary>What became of an attempt to replace a configuration file.</summary>
/// <param name="IsReplaced">
/// True when the new content stands in the file; false when somebody else's change was found and left.
/// </param>
/// <param name="Revision">The file as it is now: with the new content, or as the other one saved it.</param>
public sealed record ConfigReplacement(bool IsReplaced, ConfigRevision Revision)
{
    /// <summary>Whether the file was not the expected revision any more, so that nothing was changed.</summary>
    public bool IsConflict => !IsReplaced;
}
