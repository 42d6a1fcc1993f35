namespace HaproxyKit.Control.Reloading;

/// <summary>Why a reload is asked for, as metrics tell it.</summary>
public enum ReloadReason
{
    /// <summary>A program asks for it.</summary>
    Requested,

    /// <summary>A change of the configuration that the Runtime API does not cover.</summary>
    Change,

    /// <summary>A change that the Runtime API covers, but did not carry out.</summary>
    RuntimeRefused,

    /// <summary>HAProxy did not follow a change, and has to load the old lines again.</summary>
    Undo,
}
