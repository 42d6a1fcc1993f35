using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Planning.Steps;

/// <summary>A frontend gets another limit of connections (<c>set maxconn frontend</c>).</summary>
/// <param name="Frontend">The name of the frontend or listen section.</param>
/// <param name="Connections">How many connections it takes at most at once, from 1.</param>
/// <remarks>
/// What HAProxy reckons from the limits of all frontends when it starts, such as a missing <c>fullconn</c>, stays until a reload.
/// </remarks>
public sealed record SetFrontendMaxConnections(string Frontend, int Connections) : RuntimeStep
{
    /// <inheritdoc/>
    public override string Description => $"let {Frontend} take {Connections} connections at most";

    /// <inheritdoc/>
    public override string? Proxy => Frontend;

    internal override Task<RuntimeChange> SendAsync(RuntimeClient runtime, CancellationToken cancellationToken) =>
        runtime.SetFrontendMaxConnectionsAsync(Frontend, Connections, cancellationToken);

    internal override bool HoldsIn(RunningState state) =>
        state.Frontends.TryGetValue(Frontend, out var frontend) && frontend.MaxConnections == Connections;
}
