namespace HaproxyKit.PhoneHome.Policy;

/// <summary>Which node addresses a caller may name.</summary>
public enum AddressRule
{
    /// <summary>Only the address that the call comes from.</summary>
    Caller,

    /// <summary>Any address within <see cref="PhoneHomePolicyOptions.NodeNetworks"/>.</summary>
    AnyInNetwork,

    /// <summary>
    /// Any address at all, but for the special ones that <see cref="PhoneHomePolicyOptions.NodeNetworks"/> must name.
    /// </summary>
    Any,
}
