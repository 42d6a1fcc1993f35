using System.Net;
using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Planning;

/// <summary>A server as the running HAProxy has it.</summary>
public sealed record RunningServer
{
    /// <summary>Its address, or null where it has none yet or is a unix socket.</summary>
    public required IPAddress? Address { get; init; }

    /// <summary>Its port, 0 where it has none.</summary>
    public required int Port { get; init; }

    /// <summary>Whether its health lets it take traffic.</summary>
    public ServerOperationalState Operational { get; init; } = ServerOperationalState.Running;

    /// <summary>What people and configuration have asked of it.</summary>
    public ServerAdminStates Admin { get; init; }

    /// <summary>The weight that it has now, 0 to 256.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>The weight that its configuration gives it.</summary>
    public int ConfiguredWeight { get; init; } = 1;

    /// <summary>How many connections it gets at most at once, 0 for no limit; null where that was not read.</summary>
    public long? MaxConnections { get; init; }

    /// <summary>How many sessions it has now.</summary>
    public long Sessions { get; init; }

    /// <summary>Whether its checks hold it down.</summary>
    public bool IsDown => Operational == ServerOperationalState.Stopped && Admin == ServerAdminStates.None;

    /// <summary>Whether somebody has taken it out by hand, or drains it.</summary>
    public bool IsInMaintenance => Admin != ServerAdminStates.None;

    /// <summary>Whether it is in service, drains, or is in maintenance, whoever asked for it.</summary>
    public ServerMode Mode =>
        (Admin & ServerAdminStates.AnyMaintenance) != ServerAdminStates.None ? ServerMode.Maintenance
        : (Admin & ServerAdminStates.AnyDrain) != ServerAdminStates.None ? ServerMode.Drain
        : ServerMode.Ready;
}
