namespace HaproxyKit.PhoneHome.Calling;

/// <summary>What the sidecar does after a call.</summary>
internal enum CallResultKind
{
    /// <summary>HAProxy serves it: call again when the interval is over.</summary>
    Served,

    /// <summary>The same call would be refused again: call again when the interval is over, and not before.</summary>
    Refused,

    /// <summary>It may work in a moment: call again soon.</summary>
    Failed,
}
