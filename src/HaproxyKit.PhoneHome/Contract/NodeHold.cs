namespace HaproxyKit.PhoneHome.Contract;

/// <summary>
/// In what an operator has put a node's server at run time (<c>set server ... state</c>; management guide, 9.3). It stays so until it is set back
/// in the same way.
/// </summary>
public enum NodeHold
{
    /// <summary>It gets no new connections, and keeps those that it has.</summary>
    Drain,

    /// <summary>It gets no traffic, and is not checked.</summary>
    Maintenance,
}
