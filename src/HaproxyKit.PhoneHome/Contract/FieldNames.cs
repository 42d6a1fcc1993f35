using System.Collections.Frozen;

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

    /// <summary>The node's weight; only our format has it, as it has all the members that follow.</summary>
    public const string Weight = "weight";

    /// <summary>The address on which HAProxy listens.</summary>
    public const string BindAddress = "bindAddress";

    /// <summary>How nodes are checked.</summary>
    public const string Check = "check";

    /// <summary>What is asked of a node.</summary>
    public const string CheckKind = "check.kind";

    /// <summary>The path of a check by HTTP.</summary>
    public const string CheckPath = "check.path";

    /// <summary>The time between two checks.</summary>
    public const string CheckInterval = "check.interval";

    /// <summary>How long a check waits for an answer.</summary>
    public const string CheckTimeout = "check.timeout";

    /// <summary>How many failed checks take a node out.</summary>
    public const string CheckFall = "check.fall";

    /// <summary>How many good checks bring a node back.</summary>
    public const string CheckRise = "check.rise";

    /// <summary>How a node is chosen.</summary>
    public const string Balance = "balance";

    /// <summary>How long a client stays with its node.</summary>
    public const string Sticky = "sticky";

    /// <summary>How many connections are taken at once.</summary>
    public const string MaxConnections = "maxConnections";

    /// <summary>How long connections of a node that goes may last.</summary>
    public const string Drain = "drain";

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

    private static readonly FrozenSet<string> All = FrozenSet.Create(
        StringComparer.Ordinal,
        Ours.Name, Ours.FrontendPort, Ours.NodePort, Ours.Address, Ours.Action, Ours.SendProxy,
        Incumbents.Name, Incumbents.FrontendPort, Incumbents.NodePort, Incumbents.Address, Incumbents.Action, Incumbents.SendProxy,
        Node, Instance, Lease, Weight, BindAddress, Check, CheckKind, CheckPath, CheckInterval, CheckTimeout, CheckFall, CheckRise, Balance, Sticky,
        MaxConnections, Drain);

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

    /// <summary>Whether a member is one of ours or the incumbent's, and not a word that its caller has made up.</summary>
    /// <param name="member">The member as it stands in a <see cref="FieldProblem"/>.</param>
    /// <returns>True where it is known.</returns>
    public static bool IsKnown(string member) => All.Contains(member);

    /// <summary>The names that a format uses.</summary>
    /// <param name="format">The format of the request.</param>
    /// <returns>The members' names in that format.</returns>
    public static FieldNames For(RequestFormat format) => format == RequestFormat.Incumbent ? Incumbents : Ours;
}
