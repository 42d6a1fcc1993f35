namespace HaproxyKit.PhoneHome.Contract;

/// <summary>What was done so that HAProxy serves what the caller asked for.</summary>
public enum MappingChange
{
    /// <summary>The mapping is new.</summary>
    Created,

    /// <summary>The node has another address or port than before.</summary>
    Moved,

    /// <summary>Something else of the mapping changed, such as the PROXY protocol.</summary>
    Changed,

    /// <summary>Everything was so already.</summary>
    Unchanged,

    /// <summary>What the delete named is gone.</summary>
    Removed,

    /// <summary>What the delete named was not there.</summary>
    Absent,
}
