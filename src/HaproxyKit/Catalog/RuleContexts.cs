namespace HaproxyKit.Catalog;

/// <summary>
/// Where a sample fetch can be evaluated: the columns of HAProxy's own list of them (<c>haproxy -dKsmp</c>).
/// </summary>
[Flags]
public enum RuleContexts
{
    /// <summary>Nowhere.</summary>
    None = 0,

    /// <summary><c>tcp-request connection</c> of a frontend.</summary>
    FrontendConnection = 1 << 0,

    /// <summary><c>tcp-request session</c> of a frontend.</summary>
    FrontendSession = 1 << 1,

    /// <summary><c>tcp-request content</c> of a frontend.</summary>
    FrontendRequestContent = 1 << 2,

    /// <summary>A rule of a frontend on the headers of a request.</summary>
    FrontendRequestHeader = 1 << 3,

    /// <summary>A rule of a frontend on the body of a request.</summary>
    FrontendRequestBody = 1 << 4,

    /// <summary><c>use_backend</c>.</summary>
    UseBackend = 1 << 5,

    /// <summary><c>tcp-request content</c> of a backend.</summary>
    BackendRequestContent = 1 << 6,

    /// <summary>A rule of a backend on the headers of a request.</summary>
    BackendRequestHeader = 1 << 7,

    /// <summary>A rule of a backend on the body of a request.</summary>
    BackendRequestBody = 1 << 8,

    /// <summary><c>use-server</c>, <c>balance</c> or <c>stick match</c>.</summary>
    SetServer = 1 << 9,

    /// <summary>The choice of a server's source address.</summary>
    ServerSource = 1 << 10,

    /// <summary><c>tcp-response content</c> of a backend.</summary>
    BackendResponseContent = 1 << 11,

    /// <summary>A rule of a backend on the headers of a response.</summary>
    BackendResponseHeader = 1 << 12,

    /// <summary>A rule of a backend on the body of a response.</summary>
    BackendResponseBody = 1 << 13,

    /// <summary><c>stick store-response</c>.</summary>
    StickStore = 1 << 14,

    /// <summary><c>tcp-response content</c> of a frontend.</summary>
    FrontendResponseContent = 1 << 15,

    /// <summary>A rule of a frontend on the headers of a response.</summary>
    FrontendResponseHeader = 1 << 16,

    /// <summary>A rule of a frontend on the body of a response.</summary>
    FrontendResponseBody = 1 << 17,

    /// <summary>Logs.</summary>
    Log = 1 << 18,

    /// <summary><c>tcp-check</c> and <c>http-check</c> of a backend.</summary>
    Check = 1 << 19,

    /// <summary>While the configuration is read.</summary>
    Configuration = 1 << 20,

    /// <summary>The runtime API.</summary>
    Cli = 1 << 21,
}
