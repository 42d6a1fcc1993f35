namespace HaproxyKit.PhoneHome.Contract;

/// <summary>What an event tells.</summary>
public enum PhoneHomeEventKind
{
    /// <summary>Events were lost to this reader: it was too slow, or came too late. The mappings tell how things stand.</summary>
    Gap,

    /// <summary>A mapping is new.</summary>
    Created,

    /// <summary>A node has another address or port than before.</summary>
    Moved,

    /// <summary>Something else of a mapping changed.</summary>
    Changed,

    /// <summary>A mapping, or a node of it, is gone because a caller said so.</summary>
    Removed,

    /// <summary>A node has not called for its lease and is gone.</summary>
    Lapsed,

    /// <summary>A call was not carried out.</summary>
    Refused,

    /// <summary>A mapping that was served before is held back, because HAProxy refuses it now.</summary>
    Quarantined,

    /// <summary>A mapping that was held back is served again.</summary>
    Released,

    /// <summary>Somebody has changed a mapping's sections in HAProxy's file by hand.</summary>
    HandEdited,
}
