namespace HaproxyKit.Control.Planning;

/// <summary>What a file is to HAProxy that its configuration names.</summary>
public enum ReferencedFileKind
{
    /// <summary>A map (configuration manual, the <c>map</c> converters).</summary>
    Map,

    /// <summary>The patterns of an acl (<c>-f</c>).</summary>
    Acl,

    /// <summary>A certificate with its chain and its key.</summary>
    Certificate,
}
