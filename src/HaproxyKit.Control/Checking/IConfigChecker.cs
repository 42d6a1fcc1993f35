namespace HaproxyKit.Control.Checking;

/// <summary>Judges a configuration before a running HAProxy gets to see it.</summary>
public interface IConfigChecker
{
    /// <summary>Judges the configuration that there would be if one file held something else.</summary>
    /// <param name="candidate">The file and what it would hold.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <returns>The verdict with its reasons.</returns>
    Task<CheckResult> CheckAsync(ConfigCandidate candidate, CancellationToken cancellationToken = default);

    /// <summary>Judges the configuration as it stands in its files now.</summary>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <returns>The verdict with its reasons.</returns>
    Task<CheckResult> CheckAsync(CancellationToken cancellationToken = default);
}
