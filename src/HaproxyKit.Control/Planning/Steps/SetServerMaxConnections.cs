using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Planning.Steps;

/// <summary>A server gets another limit of connections (<c>set maxconn server</c>).</summary>
/// <param name="Backend">The name of its backend or listen section.</param>
/// <param name="Server">The server's name.</param>
/// <param name="Connections">How many connections it gets at most at once, 0 for no limit.</param>
public sealed record SetServerMaxConnections(string Backend, string Server, int Connections) : ServerStep(Backend, Server)
{
    /// <inheritdoc/>
    public override string Description =>
        Connections == 0 ? $"let {Place} have any number of connections" : $"let {Place} have {Connections} connections at most";

    internal override Task<RuntimeChange> SendAsync(RuntimeClient runtime, CancellationToken cancellationToken) =>
        runtime.SetServerMaxConnectionsAsync(Backend, Server, Connections, cancellationToken);

    internal override bool ShowsInServersState => false;

    private protected override bool HoldsIn(RunningServer server) => server.MaxConnections == Connections;
}
