namespace HaproxyKit.Control.Deployment;

/// <summary>How a <see cref="ServerDrainage"/> ended.</summary>
public enum DrainageEnding
{
    /// <summary>The server is deleted.</summary>
    Deleted,

    /// <summary>The server is in maintenance, and may be given another address.</summary>
    Released,

    /// <summary>Somebody wants the server again, so that it stays.</summary>
    Reclaimed,

    /// <summary>Another worker serves, which does not know the server; sessions go on in the old one.</summary>
    Reloaded,

    /// <summary>HAProxy does not answer, or does not delete the server, which gets no new sessions all the same.</summary>
    Failed,
}
