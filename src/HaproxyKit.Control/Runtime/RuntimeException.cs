namespace HaproxyKit.Control.Runtime;

/// <summary>The Runtime API could not be asked, or did not answer as HAProxy does. A refusal in plain words is no exception.</summary>
/// <param name="fault">What went wrong.</param>
/// <param name="message">The same for people, with the endpoint.</param>
/// <param name="innerException">What the system said, or null.</param>
public sealed class RuntimeException(RuntimeFault fault, string message, Exception? innerException = null)
    : IOException(message, innerException)
{
    /// <summary>What went wrong.</summary>
    public RuntimeFault Fault { get; } = fault;

    /// <summary>
    /// Whether the same command may work a moment later, as it does after a reload or a restart of HAProxy. The command may
    /// have been carried out all the same, unless <see cref="Fault"/> is <see cref="RuntimeFault.Unreachable"/>.
    /// </summary>
    public bool IsTransient => Fault
        is RuntimeFault.Unreachable
        or RuntimeFault.Interrupted
        or RuntimeFault.TimedOut
        or RuntimeFault.Incomplete;
}
