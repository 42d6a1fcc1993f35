namespace HaproxyKit.Control.Runtime;

/// <summary>What a server may be made to count as until its next check (<c>set server ... health</c>; management guide, 9.3).</summary>
public enum ServerHealth
{
    /// <summary><c>up</c>: it takes traffic.</summary>
    Up,

    /// <summary><c>stopping</c>: it takes no new sessions, except those that belong to it.</summary>
    Stopping,

    /// <summary><c>down</c>: it takes no traffic.</summary>
    Down,
}
