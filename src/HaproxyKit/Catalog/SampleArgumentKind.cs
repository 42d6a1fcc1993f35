namespace HaproxyKit.Catalog;

/// <summary>What an argument of a sample fetch or a converter is.</summary>
public enum SampleArgumentKind : byte
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A frontend's name.</summary>
    Frontend,

    /// <summary>A backend's name.</summary>
    Backend,

    /// <summary>The name of a proxy with a stick table.</summary>
    Table,

    /// <summary>A server, as <c>NAME</c> or <c>BACKEND/NAME</c>.</summary>
    Server,

    /// <summary>The name of a list of users.</summary>
    Userlist,

    /// <summary>An IPv4 address.</summary>
    Ipv4Address,

    /// <summary>An IPv6 address.</summary>
    Ipv6Address,

    /// <summary>An IPv4 mask.</summary>
    Ipv4Mask,

    /// <summary>An IPv6 mask.</summary>
    Ipv6Mask,

    /// <summary>A regular expression.</summary>
    Regex,

    /// <summary>The number of a field of a protocol buffer, such as <c>1.2</c>.</summary>
    ProtobufField,
}
