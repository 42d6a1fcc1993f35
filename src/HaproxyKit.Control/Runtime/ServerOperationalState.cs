namespace HaproxyKit.Control.Runtime;

/// <summary>Whether a server takes traffic, as far as its health is concerned (<c>srv_op_state</c>).</summary>
public enum ServerOperationalState
{
    /// <summary>DOWN: it gets no traffic.</summary>
    Stopped = 0,

    /// <summary>UP, with traffic that grows slowly (<c>slowstart</c>).</summary>
    Starting = 1,

    /// <summary>UP.</summary>
    Running = 2,

    /// <summary>UP, but it gets no new sessions (<c>http-check disable-on-404</c>).</summary>
    Stopping = 3,
}
