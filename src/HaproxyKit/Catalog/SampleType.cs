namespace HaproxyKit.Catalog;

/// <summary>The type of a sample (configuration manual, chapter 7.3).</summary>
public enum SampleType : byte
{
    /// <summary>No sample is meant.</summary>
    None,

    /// <summary>Any type.</summary>
    Any,

    /// <summary>The type of what goes in.</summary>
    Same,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A signed whole number of 64 bits.</summary>
    Number,

    /// <summary>An IPv4 or IPv6 address.</summary>
    Address,

    /// <summary>An IPv4 address.</summary>
    Ipv4,

    /// <summary>An IPv6 address.</summary>
    Ipv6,

    /// <summary>Text.</summary>
    Text,

    /// <summary>Bytes.</summary>
    Binary,

    /// <summary>An HTTP method.</summary>
    Method,
}
