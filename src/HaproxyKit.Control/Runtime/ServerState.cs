using System.Net;

namespace HaproxyKit.Control.Runtime;

/// <summary>One server as a worker has it: a row of <c>show servers state</c> (management guide, 9.3).</summary>
public sealed record ServerState
{
    private const int ConfiguredCheck = 2;
    private const int EnabledCheck = 4;

    /// <summary>The name of the backend or listen section.</summary>
    public required string Backend { get; init; }

    /// <summary>The server's name.</summary>
    public required string Name { get; init; }

    /// <summary>The address, or null where it has none yet or is a unix socket; see <see cref="AddressText"/>.</summary>
    public required IPAddress? Address { get; init; }

    /// <summary>The address as HAProxy shows it; <c>-</c> where there is none.</summary>
    public required string AddressText { get; init; }

    /// <summary>The port, 0 where there is none.</summary>
    public required int Port { get; init; }

    /// <summary>Whether its health lets it take traffic.</summary>
    public required ServerOperationalState Operational { get; init; }

    /// <summary>What people and configuration have asked of it.</summary>
    public required ServerAdminStates Admin { get; init; }

    /// <summary>The weight that it has now, 0 to 256.</summary>
    public required int Weight { get; init; }

    /// <summary>The weight that the configuration gives it.</summary>
    public required int ConfiguredWeight { get; init; }

    /// <summary>For how long it has been in this state, in whole seconds.</summary>
    public required TimeSpan SinceLastChange { get; init; }

    /// <summary>The number of the last check's status; 6 is success at layer 4, 0 is unknown, 1 is none yet.</summary>
    public required int CheckStatus { get; init; }

    /// <summary>The last check's result: 0 unknown, 1 neutral, 2 failed, 3 passed, 4 passed but no new sessions wanted.</summary>
    public required int CheckResult { get; init; }

    /// <summary>How many checks towards the next state have been counted (<c>rise</c> and <c>fall</c>).</summary>
    public required int CheckHealth { get; init; }

    /// <summary>The bits of the check's state: 1 running, 2 configured, 4 enabled, 8 paused.</summary>
    public required int CheckState { get; init; }

    /// <summary>The bits of the agent check's state, as those of <see cref="CheckState"/>; 16 tells that it is an agent's.</summary>
    public int AgentState { get; init; }

    /// <summary>Where its health is checked, or null where that is its own address or no literal one (<c>srv_check_addr</c>).</summary>
    public IPAddress? CheckAddress { get; init; }

    /// <summary>The port at which its health is checked, 0 where that is its own (<c>srv_check_port</c>).</summary>
    public int CheckPort { get; init; }

    /// <summary>
    /// Where its agent is asked, or null where that is its own address or no literal one (<c>srv_agent_addr</c>).
    /// </summary>
    public IPAddress? AgentAddress { get; init; }

    /// <summary>The port at which its agent is asked, 0 where there is none (<c>srv_agent_port</c>).</summary>
    public int AgentPort { get; init; }

    /// <summary>The name that is resolved to the address, or null where the address is literal.</summary>
    public required string? Fqdn { get; init; }

    /// <summary>
    /// Whether new sessions may go to this server: it is up, and neither in maintenance nor draining, and has a weight.
    /// </summary>
    public bool IsInRotation => Operational is ServerOperationalState.Starting or ServerOperationalState.Running
        && (Admin & (ServerAdminStates.AnyMaintenance | ServerAdminStates.AnyDrain)) == ServerAdminStates.None
        && Weight > 0;

    /// <summary>Whether the configuration, or a command, has its health checked.</summary>
    public bool IsChecked => IsOn(CheckState);

    /// <summary>Whether its health can be checked: its line had <c>check</c> when HAProxy read it.</summary>
    public bool CanBeChecked => (CheckState & ConfiguredCheck) != 0;

    /// <summary>Whether its agent is asked.</summary>
    public bool HasAgent => IsOn(AgentState);

    /// <summary>Whether an agent can be asked: its line had <c>agent-check</c> when HAProxy read it.</summary>
    public bool CanHaveAgent => (AgentState & ConfiguredCheck) != 0;

    private static bool IsOn(int state) => (state & (ConfiguredCheck | EnabledCheck)) == (ConfiguredCheck | EnabledCheck);
}
