namespace HaproxyKit.Control.Runtime;

/// <summary>What went wrong between us and HAProxy's Runtime API.</summary>
public enum RuntimeFault
{
    /// <summary>Nobody listens at the endpoint, or the connection could not be made.</summary>
    Unreachable,

    /// <summary>The connection broke while the command was sent or the answer read; whether HAProxy acted is not known.</summary>
    Interrupted,

    /// <summary>The answer did not come in time, or not to its end; whether HAProxy acted is not known.</summary>
    TimedOut,

    /// <summary>HAProxy closed the connection before the answer was complete.</summary>
    Incomplete,

    /// <summary>The answer is longer than the limit.</summary>
    TooLarge,

    /// <summary>The socket's permissions, or its level (<c>user</c>, <c>operator</c>), do not allow it.</summary>
    PermissionDenied,

    /// <summary>The answer is none that HAProxy is known to give.</summary>
    Unexpected,
}
