using System.Net;

namespace HaproxyKit.PhoneHome.Contract;

/// <summary>A call whose every value has been judged well-formed: what the reconciler is asked to make true.</summary>
/// <remarks>
/// Made by <see cref="MappingValidator"/>. All text in it is of characters that HAProxy and a comment line take
/// unquoted.
/// </remarks>
public sealed record MappingCommand
{
    /// <summary>What is asked for.</summary>
    public required MappingAction Action { get; init; }

    /// <summary>The mapping's name, of <c>[A-Za-z0-9][A-Za-z0-9_.-]{0,62}</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The port on which HAProxy listens, 1 to 65535.</summary>
    public required int FrontendPort { get; init; }

    /// <summary>The port on which the node answers, 1 to 65535; 0 in a delete that names none.</summary>
    public required int NodePort { get; init; }

    /// <summary>
    /// The node's address, never an IPv4-mapped one and without a zone. In a delete it has no meaning and is
    /// <see cref="IPAddress.None"/> where the caller named none.
    /// </summary>
    public required IPAddress Address { get; init; }

    /// <summary>The node's name, of <c>[A-Za-z0-9_.:-]{1,253}</c>, or null: then the mapping has one node.</summary>
    public string? Node { get; init; }

    /// <summary>The pod's uid, of <c>[A-Za-z0-9_.:-]{1,128}</c>, or null.</summary>
    public string? Instance { get; init; }

    /// <summary>The PROXY protocol towards the node.</summary>
    public ProxyProtocol SendProxy { get; init; }

    /// <summary>
    /// How long the node stays without another call, 10 seconds to a week, or null: the webhook's setting.
    /// </summary>
    public TimeSpan? Lease { get; init; }

    /// <summary>The node's weight, 1 to 256, or null: the one that it has.</summary>
    public int? Weight { get; init; }

    /// <summary>What the call says of the mapping itself; what is null in it stays as it is.</summary>
    public MappingSettings Settings { get; init; } = MappingSettings.Default;

    /// <summary>The owner that the presented token names: two tokens of one owner are one owner.</summary>
    public required string Owner { get; init; }

    /// <summary>
    /// When the call was signed, by the caller's clock, or null where it is not signed. A command that is not newer
    /// than the last signed one of its node is a replay.
    /// </summary>
    public DateTimeOffset? SignedAt { get; init; }

    /// <summary>The address that the call came from, or null where it is not known.</summary>
    public IPAddress? CallerAddress { get; init; }
}
