namespace HaproxyKit.PhoneHome.Contract;

/// <summary>Whether HAProxy tells the node who the client is (configuration manual, 5.2, <c>send-proxy</c>).</summary>
public enum ProxyProtocol
{
    /// <summary>No PROXY protocol: the node sees HAProxy's address.</summary>
    None,

    /// <summary>The textual header, <c>send-proxy</c>.</summary>
    V1,

    /// <summary>The binary header, <c>send-proxy-v2</c>.</summary>
    V2,
}
