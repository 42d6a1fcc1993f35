namespace HaproxyKit.PhoneHome.Contract;

/// <summary>One mapping as it stands.</summary>
public sealed record MappingStatus
{
    /// <summary>The mapping's name.</summary>
    public required string Name { get; init; }

    /// <summary>The port on which HAProxy listens.</summary>
    public required int FrontendPort { get; init; }

    /// <summary>The owner that the token of its callers names.</summary>
    public required string Owner { get; init; }

    /// <summary>The PROXY protocol towards its nodes.</summary>
    public ProxyProtocol SendProxy { get; init; }

    /// <summary>How long each of its nodes stays without another call, or null where none goes by itself.</summary>
    public TimeSpan? Lease { get; init; }

    /// <summary>What callers have said of it besides; what is null is as the webhook's settings say.</summary>
    public MappingSettings Settings { get; init; } = MappingSettings.Default;

    /// <summary>
    /// Why HAProxy refuses it, so that it is held back while all others are served, or null where it is served. It is tried again when it, the
    /// configuration file or HAProxy has changed; where another program has its port, at each look; else for its callers when 5 seconds have passed,
    /// and for nobody when 5 minutes have.
    /// </summary>
    public string? HeldBecause { get; init; }

    /// <summary>Its nodes.</summary>
    public required IReadOnlyList<NodeStatus> Nodes { get; init; }

    /// <inheritdoc/>
    public bool Equals(MappingStatus? other) =>
        other is not null
        && string.Equals(Name, other.Name, StringComparison.Ordinal)
        && FrontendPort == other.FrontendPort
        && string.Equals(Owner, other.Owner, StringComparison.Ordinal)
        && SendProxy == other.SendProxy
        && Lease == other.Lease
        && string.Equals(HeldBecause, other.HeldBecause, StringComparison.Ordinal)
        && Settings == other.Settings
        && Nodes.SequenceEqual(other.Nodes);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, FrontendPort, Owner);
}
