namespace HaproxyKit.PhoneHome.Contract;

/// <summary>A call in our format, as it is written: nothing in it has been judged yet.</summary>
/// <remarks>
/// On the wire it is JSON with camelCase members, at most <see cref="PhoneHomeLimits.MaxBodyBytes"/> long; members
/// that are
/// null are left out, unknown members are refused.
/// </remarks>
public sealed record PhoneHomeRequest
{
    /// <summary>
    /// The mapping's name: a letter or digit, then letters, digits, <c>_</c>, <c>.</c> and <c>-</c>, 63 at most.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>The port on which HAProxy listens, 1 to 65535.</summary>
    public int? FrontendPort { get; init; }

    /// <summary>The port on which the node answers, 1 to 65535; a delete may leave it out.</summary>
    public int? NodePort { get; init; }

    /// <summary>
    /// The node's address as a canonical IP literal; null means the address that the call comes from.
    /// </summary>
    public string? Address { get; init; }

    /// <summary>
    /// The node's name, 253 characters at most, or null: then the mapping has one node, that of the last call, and loses all others.
    /// </summary>
    public string? Node { get; init; }

    /// <summary>The pod's uid, 128 characters at most, or null.</summary>
    public string? Instance { get; init; }

    /// <summary><c>add</c> or <c>delete</c>; null means <c>add</c>.</summary>
    public string? Action { get; init; }

    /// <summary><c>v1</c> or <c>v2</c>; null and empty mean no PROXY protocol.</summary>
    public string? SendProxy { get; init; }

    /// <summary>
    /// How many seconds the node stays without another call, 10 to 604800; null leaves it to the webhook.
    /// </summary>
    public int? Lease { get; init; }

    /// <summary>
    /// The node's share of the connections, 1 to 256, beside the others' shares; null keeps what the node has, 100 at first.
    /// </summary>
    public int? Weight { get; init; }

    /// <summary>
    /// The address of the balancer on which HAProxy listens, a canonical IP literal that the policy allows; null keeps what the mapping has, at first
    /// the webhook's setting. So it is with all settings of a mapping, the members that follow. They are the mapping's: where its nodes say different
    /// things, as during a rollout, the one that changed its mind last is heard (<see cref="SendProxy"/> and <see cref="Lease"/> too), and one that
    /// only repeats what it has said before changes nothing back.
    /// </summary>
    public string? BindAddress { get; init; }

    /// <summary>How the mapping's nodes are checked; what it leaves out is as the webhook's settings say.</summary>
    public PhoneHomeCheck? Check { get; init; }

    /// <summary><c>roundrobin</c>, as at first, <c>leastconn</c>, <c>random</c> or <c>source</c>: see <see cref="BalanceMethod"/>.</summary>
    public string? Balance { get; init; }

    /// <summary>
    /// How long a silent client's address goes back to the node that it had, a second to a week; <c>0</c>, as at first, is not at all. A number of
    /// seconds, on the wire as a JSON number too, or a time with its unit: <c>500ms</c>, <c>30s</c>, <c>10m</c>, <c>2h</c>, <c>1d</c>.
    /// </summary>
    public string? Sticky { get; init; }

    /// <summary>
    /// How many connections the frontend takes at once, 1 to 1,000,000, further ones waiting in the kernel's queue; 0, as at first, sets no limit.
    /// </summary>
    public int? MaxConnections { get; init; }

    /// <summary>How long connections of a node that goes may last, zero to an hour, written as <see cref="Sticky"/> is.</summary>
    public string? Drain { get; init; }

    internal PhoneHomeSettings Settings => new()
    {
        BindAddress = BindAddress,
        Check = Check,
        Balance = Balance,
        Sticky = Sticky,
        MaxConnections = MaxConnections,
        Drain = Drain,
    };
}
