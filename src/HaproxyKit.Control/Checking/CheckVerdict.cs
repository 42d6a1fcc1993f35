namespace HaproxyKit.Control.Checking;

/// <summary>What HAProxy's own check says of a configuration.</summary>
public enum CheckVerdict
{
    /// <summary>HAProxy would load it; there may be warnings.</summary>
    Accepted,

    /// <summary>
    /// Nothing is wrong, but it has no listener: HAProxy would not start, and a reload would close every listener (exit
    /// code 2, up to 3.2; later versions accept such a file).
    /// </summary>
    AcceptedWithoutListener,

    /// <summary>HAProxy would not load it.</summary>
    Refused,

    /// <summary>There is no verdict: HAProxy could not be run, did not end in time, or crashed.</summary>
    Unavailable,
}
