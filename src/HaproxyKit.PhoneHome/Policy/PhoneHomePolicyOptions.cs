namespace HaproxyKit.PhoneHome.Policy;

/// <summary>What callers may map.</summary>
public sealed class PhoneHomePolicyOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "PhoneHome:Policy";

    /// <summary>
    /// The frontend ports that may be mapped: ports and ranges with commas between, such as <c>443,8000-8999</c>.
    /// </summary>
    /// <value><c>1-65535</c></value>
    public string FrontendPorts { get; set; } = "1-65535";

    /// <summary>The node ports that may be named, written in the same way.</summary>
    /// <value><c>30000-32767</c>, the NodePorts of Kubernetes.</value>
    public string NodePorts { get; set; } = "30000-32767";

    /// <summary>
    /// The networks in which nodes are, such as <c>203.0.113.0/24</c>. Loopback, link-local, metadata and other special
    /// addresses are allowed only by an entry that lies within their own range, such as <c>127.0.0.0/8</c>; one of this
    /// machine's own addresses by an entry for it alone, such as <c>203.0.113.1/32</c>.
    /// </summary>
    /// <value>Empty.</value>
    public IList<string> NodeNetworks { get; } = [];

    /// <summary>
    /// The addresses of this machine on which callers may have HAProxy listen, such as <c>203.0.113.10</c>; <c>0.0.0.0</c> stands for all of IPv4,
    /// <c>::</c> for all of IPv6.
    /// </summary>
    /// <value>Empty: only the address on which mappings listen anyway, by the settings of the mappings' sections.</value>
    public IList<string> AllowedBindAddresses { get; } = [];

    /// <summary>Which addresses a caller may name.</summary>
    /// <value>
    /// Null: <see cref="Policy.AddressRule.AnyInNetwork"/> where <see cref="NodeNetworks"/> has entries, otherwise
    /// <see cref="Policy.AddressRule.Caller"/>.
    /// </value>
    public AddressRule? AddressRule { get; set; }

    /// <summary>The networks of proxies whose <c>X-Forwarded-For</c> is believed, such as <c>127.0.0.0/8</c>.</summary>
    /// <value>Empty: the header is not read.</value>
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>
    /// The addresses of all balancers of the fleet and the virtual address, as networks such as
    /// <c>198.51.100.10/32</c>: no node is there, but a loop. This machine's own addresses need not be named.
    /// </summary>
    /// <value>Empty.</value>
    public IList<string> BalancerNetworks { get; } = [];

    /// <summary>
    /// The prefixes with which a NAT64 of this network leads to IPv4 (RFC 6052), such as <c>2001:db8:64::/96</c>; the
    /// well-known <c>64:ff9b::/96</c> and <c>64:ff9b:1::/48</c> need not be named.
    /// </summary>
    /// <value>Empty.</value>
    public IList<string> Nat64Prefixes { get; } = [];

    /// <summary>
    /// How many calls without a valid token one address, or one IPv6 /64, may make in a minute before it is answered
    /// with 429; valid tokens are taken all the same.
    /// </summary>
    /// <value>10; from 1 to 1000.</value>
    public int FailuresPerMinute { get; set; } = 10;
}
