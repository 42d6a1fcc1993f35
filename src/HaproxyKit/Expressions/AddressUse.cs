namespace HaproxyKit.Expressions;

/// <summary>Where an address stands; it decides which forms HAProxy takes.</summary>
public enum AddressUse
{
    /// <summary>Of <c>bind</c>: a list with commas, each with a port or a range of ports.</summary>
    Bind,

    /// <summary>Of <c>server</c> and its like: one, its port left out, or an offset to the client's.</summary>
    Server,

    /// <summary>Of <c>source</c>: one, with or without a port.</summary>
    Source,
}
