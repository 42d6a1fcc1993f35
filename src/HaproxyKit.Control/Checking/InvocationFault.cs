namespace HaproxyKit.Control.Checking;

/// <summary>Why the way in which HAProxy was started cannot be read.</summary>
public enum InvocationFault
{
    /// <summary>There is no such process, or it has ended.</summary>
    ProcessGone,

    /// <summary>The process belongs to another user; run as that user, or tell the invocation.</summary>
    NotPermitted,

    /// <summary>The command line names no configuration file.</summary>
    NoConfigFiles,

    /// <summary>The command line is none that HAProxy understands.</summary>
    NotUnderstood,

    /// <summary>A variable of the environment holds bytes that are no text, and cannot be passed on.</summary>
    EnvironmentNotText,
}
