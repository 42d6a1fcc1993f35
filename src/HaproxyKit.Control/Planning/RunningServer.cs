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

    /// <summary>Whether its health is checked now.</summary>
    public bool IsChecked { get; init; }

    /// <summary>Whether its health can be checked: its line had <c>check</c> when HAProxy read it.</summary>
    public bool CanBeChecked { get; init; }

    /// <summary>Where its health is checked, or null where that is its own address.</summary>
    public IPAddress? CheckAddress { get; init; }

    /// <summary>The port at which its health is checked, 0 where that is its own.</summary>
    public int CheckPort { get; init; }

    /// <summary>Whether its agent is asked now.</summary>
    public bool HasAgent { get; init; }

    /// <summary>Whether an agent can be asked: its line had <c>agent-check</c> when HAProxy read it.</summary>
    public bool CanHaveAgent { get; init; }

    /// <summary>Where its agent is asked, or null where that is its own address.</summary>
    public IPAddress? AgentAddress { get; init; }

    /// <summary>The port at which its agent is asked, 0 where there is none.</summary>
    public int AgentPort { get; init; }

    /// <summary>How many sessions it has now.</summary>
    public long Sessions { get; init; }

    /// <summary>Whether its checks hold it down.</summary>
    public bool IsDown => Operational == ServerOperationalState.Stopped && !IsInMaintenance;

    /// <summary>Whether its checks hold it down, or did so when it began to drain: an address alone brings neither back.</summary>
    internal bool IsHeldDown => Operational == ServerOperationalState.Stopped && Mode != ServerMode.Maintenance;

    /// <summary>Whether it has no address: that of a spare server, which none was given yet.</summary>
    internal bool HasNoAddress => IPAddress.Any.Equals(Address) || IPAddress.IPv6Any.Equals(Address);

    /// <summary>Whether somebody has taken it out by hand, or drains it.</summary>
    public bool IsInMaintenance => Mode != ServerMode.Ready;

    /// <summary>Whether it is in service, drains, or is in maintenance, whoever asked for it.</summary>
    public ServerMode Mode =>
        (Admin & ServerAdminStates.AnyMaintenance) != ServerAdminStates.None ? ServerMode.Maintenance
        : (Admin & ServerAdminStates.AnyDrain) != ServerAdminStates.None ? ServerMode.Drain
        : ServerMode.Ready;
}
