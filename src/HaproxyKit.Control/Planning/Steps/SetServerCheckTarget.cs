using System.Net;
using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Planning.Steps;

/// <summary>A server's health is checked elsewhere (<c>set server ... check-addr</c> and <c>check-port</c>).</summary>
/// <param name="Backend">The name of its backend or listen section.</param>
/// <param name="Server">The server's name.</param>
/// <param name="Address">The new address, or null to leave it.</param>
/// <param name="Port">The new port, or null to leave it.</param>
public sealed record SetServerCheckTarget(string Backend, string Server, IPAddress? Address, int? Port) : ServerStep(Backend, Server)
{
    /// <inheritdoc/>
    public override string Description => $"check {Place} at {Target(Address, Port)}";

    internal override Task<RuntimeChange> SendAsync(RuntimeClient runtime, CancellationToken cancellationToken) =>
        Address is { } address ? runtime.SetServerCheckAddressAsync(Backend, Server, address, Port, cancellationToken)
        : runtime.SetServerCheckPortAsync(Backend, Server, Port ?? 0, cancellationToken);

    private protected override bool HoldsIn(RunningServer server) =>
        (Address is null || Address.Equals(server.CheckAddress)) && (Port is null || Port == server.CheckPort);
}
