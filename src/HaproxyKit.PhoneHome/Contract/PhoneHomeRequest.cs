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

    /// <summary>The node's name, 253 characters at most, or null: then the mapping has one node.</summary>
    public string? Node { get; init; }

    /// <summary>The pod's uid, 128 characters at most, or null.</summary>
    public string? Instance { get; init; }

    /// <summary><c>add</c> or <c>delete</c>; null means <c>add</c>.</summary>
    public string? Action { get; init; }

    /// <summary><c>v1</c> or <c>v2</c>; null and empty mean no PROXY protocol.</summary>
    public string? SendProxy { get; init; }

    /// <summary>
    /// How many seconds the mapping lives without another call, 10 to 604800; null leaves it to the webhook.
    /// </summary>
    public int? Lease { get; init; }
}
