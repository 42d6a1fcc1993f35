namespace HaproxyKit.PhoneHome.Contract;

/// <summary>
/// The members of a request as its caller wrote them, so that an answer names what the caller can find.
/// </summary>
public sealed record FieldNames
{
    /// <summary>The node's name; only our format has it.</summary>
    public const string Node = "node";

    /// <summary>The pod's uid; only our format has it.</summary>
    public const string Instance = "instance";

    /// <summary>The lease in seconds; only our format has it.</summary>
    public const string Lease = "lease";

    private static readonly FieldNames Ours = new()
    {
        Name = "name",
        FrontendPort = "frontendPort",
        NodePort = "nodePort",
        Address = "address",
        Action = "action",
        SendProxy = "sendProxy",
    };

    private static readonly FieldNames Incumbents = new()
    {
        Name = "name",
        FrontendPort = "frontend-port",
        NodePort = "backend-port",
        Address = "dst-ip",
        Action = "action",
        SendProxy = "send-proxy",
    };

    /// <summary>The mapping's name.</summary>
    public required string Name { get; init; }

    /// <summary>The port on which HAProxy listens.</summary>
    public required string FrontendPort { get; init; }

    /// <summary>The port on which the node answers.</summary>
    public required string NodePort { get; init; }

    /// <summary>The node's address.</summary>
    public required string Address { get; init; }

    /// <summary>Add or delete.</summary>
    public required string Action { get; init; }

    /// <summary>The PROXY protocol towards the node.</summary>
    public required string SendProxy { get; init; }

    /// <summary>The names that a format uses.</summary>
    /// <param name="format">The format of the request.</param>
    /// <returns>The members' names in that format.</returns>
    public static FieldNames For(RequestFormat format) => format == RequestFormat.Incumbent ? Incumbents : Ours;
}
