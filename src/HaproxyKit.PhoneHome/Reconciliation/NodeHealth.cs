namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>What HAProxy's check says of a node.</summary>
internal enum NodeHealth
{
    /// <summary>It is not checked, or is no server of HAProxy's.</summary>
    Unknown,

    /// <summary>It answers.</summary>
    Up,

    /// <summary>It does not.</summary>
    Down,
}
