namespace HaproxyKit.Control.Runtime;

/// <summary>What may be asked of a server at run time (<c>set server ... state</c>; management guide, 9.3).</summary>
public enum ServerMode
{
    /// <summary><c>ready</c>: it takes traffic as its health and weight allow.</summary>
    Ready,

    /// <summary><c>drain</c>: it gets no new sessions, but keeps those that it has, and is still checked.</summary>
    Drain,

    /// <summary><c>maint</c>: it gets no traffic and is not checked; established sessions live on.</summary>
    Maintenance,
}
