namespace HaproxyKit.PhoneHome.Contract;

/// <summary>How HAProxy finds out whether a node answers (configuration manual, 4.2, <c>option tcp-check</c> and <c>option httpchk</c>).</summary>
public enum HealthCheckKind
{
    /// <summary>A connection is opened.</summary>
    Tcp,

    /// <summary>A <c>GET</c> is sent; a status from 200 to 399 is good.</summary>
    Http,

    /// <summary>Nothing is asked: every node counts as up.</summary>
    None,
}
