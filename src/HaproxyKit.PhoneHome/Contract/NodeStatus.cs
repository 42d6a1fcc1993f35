using System.Net;

namespace HaproxyKit.PhoneHome.Contract;

/// <summary>One node of a mapping as it stands.</summary>
public sealed record NodeStatus
{
    /// <summary>The node's name, or null where its callers named none.</summary>
    public string? Node { get; init; }

    /// <summary>Where HAProxy sends the traffic.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>The port on which the node answers.</summary>
    public required int Port { get; init; }

    /// <summary>Its share of the connections beside the others' shares, 1 to 256, or null where it is not known.</summary>
    public int? Weight { get; init; }

    /// <summary>When its last signed call was signed, by its own clock, or null where it never signed one.</summary>
    public DateTimeOffset? SignedAt { get; init; }

    /// <summary>What an operator has made of it at run time, as it was when HAProxy was looked at last, or null where it is in service.</summary>
    public NodeHold? HeldByOperator { get; init; }
}
