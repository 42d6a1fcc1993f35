namespace HaproxyKit.Control.Deployment;

/// <summary>How the drainage of a server ended.</summary>
/// <param name="Ending">What became of the server.</param>
/// <param name="SessionsEnded">How many sessions were cut because the grace was over.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Message">Why it failed, in words; empty where it did not.</param>
public sealed record DrainageResult(DrainageEnding Ending, long SessionsEnded, TimeSpan Duration, string Message)
{
    /// <summary>
    /// How many workers of earlier configurations were left when the grace was over, and could not be asked for sessions of the server, since
    /// the master's socket is not known or not to be opened: what they have goes on until it ends. They are seen where HAProxy runs on this
    /// machine, in /proc.
    /// </summary>
    public int UnaskedOldWorkers { get; init; }
}
