using System.Collections.Immutable;
using System.Net;

namespace HaproxyKit.PhoneHome.Mappings;

/// <summary>One node of a mapping: where traffic goes, and which pods on it have announced it.</summary>
public sealed record MappingNode
{
    /// <summary>
    /// What the server of a node without a name was called before there were slots. A node may have this very name, so the server's comment tells
    /// the two apart.
    /// </summary>
    internal const string NamelessServer = "node";

    /// <summary>The weight of a node that asks for none.</summary>
    public const int DefaultWeight = 100;

    /// <summary>The node's name, or null for the only node of a mapping whose callers name none.</summary>
    public string? Node { get; init; }

    /// <summary>The node's address.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>The NodePort.</summary>
    public required int Port { get; init; }

    /// <summary>The node's share of the connections beside the others' shares, 1 to 256.</summary>
    public int Weight { get; init; } = DefaultWeight;

    /// <summary>The uids of the pods that announced the node, in the order in which they came; empty where callers name none.</summary>
    public ImmutableArray<string> Instances { get; init; } = [];

    /// <summary>Two nodes are equal when all their members are.</summary>
    /// <param name="other">The node to compare with.</param>
    /// <returns>True when both say the same.</returns>
    public bool Equals(MappingNode? other) =>
        other is not null
        && string.Equals(Node, other.Node, StringComparison.Ordinal)
        && Address.Equals(other.Address)
        && Port == other.Port
        && Weight == other.Weight
        && Instances.SequenceEqual(other.Instances, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Node, Address, Port);
}
