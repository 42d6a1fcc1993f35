using System.Collections.Immutable;
using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Mappings;

/// <summary>A frontend port and the nodes behind it: what callers have asked for, as a value.</summary>
public sealed record Mapping
{
    /// <summary>The mapping's name, of <c>[A-Za-z0-9][A-Za-z0-9_.-]{0,62}</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The port on which HAProxy listens; no two mappings have the same.</summary>
    public required int FrontendPort { get; init; }

    /// <summary>The owner of the token that made the mapping; any token of that owner may change it.</summary>
    public required string Owner { get; init; }

    /// <summary>How long a node stays without another call.</summary>
    public required TimeSpan Lease { get; init; }

    /// <summary>The PROXY protocol towards the nodes.</summary>
    public ProxyProtocol SendProxy { get; init; }

    /// <summary>What callers have said besides; where they said nothing, <see cref="MappingSectionOptions"/> counts.</summary>
    public MappingSettings Settings { get; init; } = MappingSettings.Default;

    /// <summary>Whether the operator's settings declare the port, so that it stands from the start and stays.</summary>
    public bool IsDeclared { get; init; }

    /// <summary>Whether its sections are named for its port alone, so that the mapping may get another name without a reload.</summary>
    public bool IsNamedByPort { get; init; }

    /// <summary>Whether it has no node: its sections stand with spare servers, its frontend takes no connections, and its port belongs to nobody.</summary>
    public bool IsClosed => Nodes.IsEmpty;

    /// <summary>The nodes, in the order in which they came.</summary>
    public ImmutableArray<MappingNode> Nodes { get; init; } = [];

    /// <summary>The name of the mapping's frontend in HAProxy.</summary>
    public string FrontendName => MappingNames.Frontend(IsNamedByPort ? null : Name, FrontendPort);

    /// <summary>The name of the mapping's backend in HAProxy; another one than the frontend's, since HAProxy 3.3 refuses equal ones.</summary>
    public string BackendName => MappingNames.Backend(IsNamedByPort ? null : Name, FrontendPort);

    /// <summary>Two mappings are equal when all their members are.</summary>
    /// <param name="other">The mapping to compare with.</param>
    /// <returns>True when both say the same.</returns>
    public bool Equals(Mapping? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && string.Equals(Name, other.Name, StringComparison.Ordinal)
            && FrontendPort == other.FrontendPort
            && string.Equals(Owner, other.Owner, StringComparison.Ordinal)
            && Lease == other.Lease
            && IsDeclared == other.IsDeclared
            && IsNamedByPort == other.IsNamedByPort
            && SendProxy == other.SendProxy
            && Settings == other.Settings
            && Nodes.SequenceEqual(other.Nodes));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, FrontendPort, Owner, Nodes.Length);
}
