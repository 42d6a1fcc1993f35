using System.Net;
using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Planning.Steps;

/// <summary>A server's agent is asked elsewhere (<c>set server ... agent-addr</c> and <c>agent-port</c>).</summary>
/// <param name="Backend">The name of its backend or listen section.</param>
/// <param name="Server">The server's name.</param>
/// <param name="Address">The new address, or null to leave it.</param>
/// <param name="Port">The new port, or null to leave it.</param>
/// <remarks>
/// What is said to an agent (<c>agent-send</c>) is no step: HAProxy takes it at run time too, but no command shows it, so that nobody could
/// see whether it was taken.
/// </remarks>
public sealed record SetServerAgentTarget(string Backend, string Server, IPAddress? Address, int? Port) : ServerStep(Backend, Server)
{
    /// <inheritdoc/>
    public override string Description => $"ask the agent of {Place} at {Target(Address, Port)}";

    internal override Task<RuntimeChange> SendAsync(RuntimeClient runtime, CancellationToken cancellationToken) =>
        Address is { } address ? runtime.SetServerAgentAddressAsync(Backend, Server, address, Port, cancellationToken)
        : runtime.SetServerAgentPortAsync(Backend, Server, Port ?? 0, cancellationToken);

    private protected override bool HoldsIn(RunningServer server) =>
        (Address is null || Address.Equals(server.AgentAddress)) && (Port is null || Port == server.AgentPort);
}
