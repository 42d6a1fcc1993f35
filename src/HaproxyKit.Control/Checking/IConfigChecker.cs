namespace HaproxyKit.Control.Checking;

/// <summary>Judges configurations before they can reach a running HAProxy.</summary>
public interface IConfigChecker
{
    /// <summary>Judges a text in the place of one of HAProxy's files, with all its other files as they stand.</summary>
    /// <param name="candidate">The text and the file that it would replace.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <returns>The judgement.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> ended the check.</exception>
    Task<CheckResult> CheckAsync(ConfigCandidate candidate, CancellationToken cancellationToken = default);
}
