using System.Net;
using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Planning.Steps;

/// <summary>A server gets another address (<c>set server ... addr</c>).</summary>
/// <param name="Backend">The name of its backend or listen section.</param>
/// <param name="Server">The server's name.</param>
/// <param name="Address">The new address.</param>
/// <param name="Port">The new port.</param>
/// <param name="MarkUp">Whether HAProxy holds the server down for its old address, so that it is marked up with the same command.</param>
public sealed record SetServerAddress(string Backend, string Server, IPAddress Address, int Port, bool MarkUp) : ServerStep(Backend, Server)
{
    /// <inheritdoc/>
    public override string Description => $"set {Place} to {new IPEndPoint(Address, Port)}{(MarkUp ? " and mark it up" : "")}";

    internal override async Task<RuntimeChange> SendAsync(RuntimeClient runtime, CancellationToken cancellationToken)
    {
        var change = await runtime.SetServerAddressAsync(Backend, Server, Address, Port, MarkUp, cancellationToken).ConfigureAwait(false);
        return change.Address.IsSuccess ? change.Health ?? change.Address : change.Address;
    }

    private protected override bool HoldsIn(RunningServer server) => Address.Equals(server.Address) && Port == server.Port;
}
