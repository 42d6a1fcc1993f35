namespace HaproxyKit.Control.Runtime;

/// <summary>What a row of <c>show stat</c> is about.</summary>
public enum StatKind
{
    /// <summary>A frontend, or the frontend half of a listen section.</summary>
    Frontend = 0,

    /// <summary>A backend, or the backend half of a listen section.</summary>
    Backend = 1,

    /// <summary>A server.</summary>
    Server = 2,

    /// <summary>A listening socket (<c>option socket-stats</c>).</summary>
    Listener = 3,
}
