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

    /// <summary>Its nodes.</summary>
    public required IReadOnlyList<MappingNodeEntry> Nodes { get; init; }

    internal static MappingEntry From(MappingStatus status) => new()
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
        Nodes = [.. status.Nodes.Select(node => new MappingNodeEntry(node.Node, node.Address.ToString(), node.Port))],
    };
}
