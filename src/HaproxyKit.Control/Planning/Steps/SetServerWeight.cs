using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Planning.Steps;

/// <summary>A server gets another weight (<c>set server ... weight</c>).</summary>
/// <param name="Backend">The name of its backend or listen section.</param>
/// <param name="Server">The server's name.</param>
/// <param name="Weight">The weight, 0 to 256; with 0 it gets no new sessions.</param>
public sealed record SetServerWeight(string Backend, string Server, int Weight) : ServerStep(Backend, Server)
{
    /// <inheritdoc/>
    public override string Description => $"give {Place} the weight {Weight}";

    internal override Task<RuntimeChange> SendAsync(RuntimeClient runtime, CancellationToken cancellationToken) =>
        runtime.SetServerWeightAsync(Backend, Server, Weight, cancellationToken);

    private protected override bool HoldsIn(RunningServer server) => server.Weight == Weight;
}
