namespace HaproxyKit.Control.Drift;

/// <summary>In what a file and the HAProxy that reads it can differ, or the file and what was last deployed.</summary>
public enum DriftKind
{
    /// <summary>The file cannot be read.</summary>
    FileUnreadable,

    /// <summary>Somebody else has changed the file since it was last deployed.</summary>
    FileEdited,

    /// <summary>A frontend, backend or listen section of the file is not running.</summary>
    ProxyMissing,

    /// <summary>A frontend, backend or listen section runs that stands in no file.</summary>
    ProxyUnexpected,

    /// <summary>A frontend takes no connections.</summary>
    FrontendClosed,

    /// <summary>A frontend that was closed without a line that says so takes connections.</summary>
    FrontendOpen,

    /// <summary>A frontend takes another number of connections at most.</summary>
    FrontendMaxConnections,

    /// <summary>A server of the file is not running.</summary>
    ServerMissing,

    /// <summary>A server is in service that the file does not have.</summary>
    ServerUnexpected,

    /// <summary>A server has another address or port.</summary>
    ServerAddress,

    /// <summary>A server has another weight.</summary>
    ServerWeight,

    /// <summary>A server drains, is in maintenance, or is in service although the file says <c>disabled</c>.</summary>
    ServerState,

    /// <summary>A server gets another number of connections at most.</summary>
    ServerMaxConnections,
}
