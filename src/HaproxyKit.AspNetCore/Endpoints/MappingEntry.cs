using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>One mapping in the answer of <c>GET /v1/mappings</c>.</summary>
internal sealed record MappingEntry
{
    /// <summary>The mapping's name.</summary>
    public required string Name { get; init; }

    /// <summary>The port on which HAProxy listens.</summary>
    public required int FrontendPort { get; init; }

    /// <summary><c>v1</c>, <c>v2</c> or null.</summary>
    public string? SendProxy { get; init; }

    /// <summary>The lease in seconds, or null.</summary>
    public long? Lease { get; init; }

    /// <summary>The address on which HAProxy listens, or null where nobody has said it; so it is with the members that follow.</summary>
    public string? BindAddress { get; init; }

    /// <summary>How its nodes are checked.</summary>
    public PhoneHomeCheck? Check { get; init; }

    /// <summary>How a node is chosen.</summary>
    public string? Balance { get; init; }

    /// <summary>How long a client stays with its node.</summary>
    public string? Sticky { get; init; }

    /// <summary>How many connections are taken at once.</summary>
    public int? MaxConnections { get; init; }

    /// <summary>How long connections of a node that goes may last.</summary>
    public string? Drain { get; init; }

    /// <summary>Why HAProxy refuses it, so that it is held back, or null where it is served.</summary>
    public string? HeldBecause { get; init; }

    /// <summary>Its nodes.</summary>
    public required IReadOnlyList<MappingNodeEntry> Nodes { get; init; }

    internal static MappingEntry From(MappingStatus status) => From(status, PhoneHomeSettings.From(status.Settings));

    private static MappingEntry From(MappingStatus status, PhoneHomeSettings settings) => new()
    {
        Name = status.Name,
        FrontendPort = status.FrontendPort,
        SendProxy = status.SendProxy switch
        {
            ProxyProtocol.V1 => "v1",
            ProxyProtocol.V2 => "v2",
            _ => null,
        },
        Lease = (long?)status.Lease?.TotalSeconds,
        HeldBecause = status.HeldBecause,
        BindAddress = settings.BindAddress,
        Check = settings.Check,
        Balance = settings.Balance,
        Sticky = settings.Sticky,
        MaxConnections = settings.MaxConnections,
        Drain = settings.Drain,
        Nodes = [.. status.Nodes.Select(node => new MappingNodeEntry(node.Node, node.Address.ToString(), node.Port, node.Weight, WordOf(node.HeldByOperator)))],
    };

    private static string? WordOf(NodeHold? hold) => hold switch
    {
        NodeHold.Drain => "drain",
        NodeHold.Maintenance => "maintenance",
        _ => null,
    };
}
