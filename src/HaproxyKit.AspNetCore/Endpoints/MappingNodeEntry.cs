namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>One node in the answer of <c>GET /v1/mappings</c>.</summary>
/// <param name="Node">The node's name, or null.</param>
/// <param name="Address">Where HAProxy sends the traffic.</param>
/// <param name="Port">The port there.</param>
/// <param name="Weight">Its share of the connections, or null where it is not known.</param>
/// <param name="HeldByOperator"><c>maintenance</c> or <c>drain</c> where an operator keeps it so at run time, or null.</param>
internal sealed record MappingNodeEntry(string? Node, string Address, int Port, int? Weight, string? HeldByOperator = null);
