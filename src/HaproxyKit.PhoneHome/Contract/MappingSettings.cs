using System.Net;

namespace HaproxyKit.PhoneHome.Contract;

/// <summary>What callers have said of a mapping besides its nodes. What is null nobody has said: there the webhook's own settings count.</summary>
public sealed record MappingSettings
{
    /// <summary>Nothing was said.</summary>
    public static MappingSettings Default { get; } = new();

    /// <summary>
    /// The address of this machine on which HAProxy listens, never an IPv4-mapped one; <c>0.0.0.0</c> is all of IPv4, <c>::</c> all of IPv6.
    /// </summary>
    public IPAddress? BindAddress { get; init; }

    /// <summary>How nodes are checked.</summary>
    public NodeCheck? Check { get; init; }

    /// <summary>How a node is chosen for a connection.</summary>
    public BalanceMethod? Balance { get; init; }

    /// <summary>
    /// How long a client's address that was silent goes back to the node that it had, a second to a week; zero: it does not. Without a <c>peers</c>
    /// section HAProxy forgets it at a reload.
    /// </summary>
    public TimeSpan? Stickiness { get; init; }

    /// <summary>
    /// How many connections the mapping's frontend takes at once, 1 to 1,000,000; further ones wait in the kernel's queue. Zero: no limit but HAProxy's.
    /// </summary>
    public int? MaxConnections { get; init; }

    /// <summary>How long connections of a node that goes may last, zero to an hour.</summary>
    public TimeSpan? DrainTime { get; init; }

    /// <summary>These settings, and over them what a later call says.</summary>
    /// <param name="said">What the call says: what is null in it changes nothing. A check counts as a whole.</param>
    /// <returns>The settings; these very ones where nothing changes.</returns>
    public MappingSettings With(MappingSettings said)
    {
        ArgumentNullException.ThrowIfNull(said);
        if (said == Default)
        {
            return this;
        }

        var both = new MappingSettings
        {
            BindAddress = said.BindAddress ?? BindAddress,
            Check = said.Check ?? Check,
            Balance = said.Balance ?? Balance,
            Stickiness = said.Stickiness ?? Stickiness,
            MaxConnections = said.MaxConnections ?? MaxConnections,
            DrainTime = said.DrainTime ?? DrainTime,
        };
        return both == this ? this : both;
    }

    /// <summary>These settings without those of which others speak.</summary>
    internal MappingSettings Except(MappingSettings others) => new()
    {
        BindAddress = others.BindAddress is null ? BindAddress : null,
        Check = others.Check is null ? Check : null,
        Balance = others.Balance is null ? Balance : null,
        Stickiness = others.Stickiness is null ? Stickiness : null,
        MaxConnections = others.MaxConnections is null ? MaxConnections : null,
        DrainTime = others.DrainTime is null ? DrainTime : null,
    };
}
