namespace HaproxyKit.Control.Runtime;

/// <summary>What HAProxy made of a command that changes something.</summary>
public enum RuntimeOutcome
{
    /// <summary>It was done.</summary>
    Changed,

    /// <summary>It was so already.</summary>
    Unchanged,

    /// <summary>HAProxy refused it, or answered something that is not known to mean success.</summary>
    Refused,

    /// <summary>There is no such server, backend, frontend, map, entry or certificate in the worker that answered.</summary>
    NotFound,

    /// <summary>The socket's level is too low: changes need <c>level admin</c>.</summary>
    PermissionDenied,

    /// <summary>This HAProxy does not know the command: it is older, or younger, than the command.</summary>
    Unsupported,
}
