namespace HaproxyKit.Control.Deployment;

/// <summary>
/// A configuration file could not be read or replaced. Whatever happened, a whole file stands at its name.
/// </summary>
/// <param name="fault">What is in the way.</param>
/// <param name="message">The same for people, with the name of the file.</param>
/// <param name="innerException">What the system said, or null.</param>
public sealed class ConfigFileException(ConfigFileFault fault, string message, Exception? innerException = null)
    : IOException(message, innerException)
{
    /// <summary>What is in the way.</summary>
    public ConfigFileFault Fault { get; } = fault;

    /// <summary>Whether the same may work later without anybody mending something.</summary>
    public bool IsTransient => Fault is ConfigFileFault.Contended;
}
