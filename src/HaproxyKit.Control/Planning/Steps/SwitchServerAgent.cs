using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Planning.Steps;

/// <summary>
/// A server's agent is asked or not (<c>enable agent</c>, <c>disable agent</c>). It can be asked only where the server's line had
/// <c>agent-check</c> when HAProxy read it.
/// </summary>
/// <param name="Backend">The name of its backend or listen section.</param>
/// <param name="Server">The server's name.</param>
/// <param name="IsOn">Whether the agent shall be asked.</param>
public sealed record SwitchServerAgent(string Backend, string Server, bool IsOn) : ServerStep(Backend, Server)
{
    /// <inheritdoc/>
    public override string Description => IsOn ? $"ask the agent of {Place}" : $"ask the agent of {Place} no more";

    internal override Task<RuntimeChange> SendAsync(RuntimeClient runtime, CancellationToken cancellationToken) =>
        IsOn ? runtime.EnableAgentAsync(Backend, Server, cancellationToken) : runtime.DisableAgentAsync(Backend, Server, cancellationToken);

    private protected override bool HoldsIn(RunningServer server) => server.HasAgent == IsOn;
}
