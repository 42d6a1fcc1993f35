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
    /// addresses are allowed only by an entry that lies within their own range, such as <c>127.0.0.0/8</c>.
    /// </summary>
    /// <value>Empty.</value>
    public IList<string> NodeNetworks { get; } = [];

    /// <summary>Which addresses a caller may name.</summary>
    /// <value>
    /// Null: <see cref="Policy.AddressRule.AnyInNetwork"/> where <see cref="NodeNetworks"/> has entries, otherwise
    /// <see cref="Policy.AddressRule.Caller"/>.
    /// </value>
    public AddressRule? AddressRule { get; set; }

    /// <summary>The networks of proxies whose <c>X-Forwarded-For</c> is believed, such as <c>127.0.0.0/8</c>.</summary>
    /// <value>Empty: the header is not read.</value>
    public IList<string> TrustedProxies { get; } = [];
}
