using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Planning.Steps;

/// <summary>A server is put into service, drained, or put into maintenance (<c>set server ... state</c>).</summary>
/// <param name="Backend">The name of its backend or listen section.</param>
/// <param name="Server">The server's name.</param>
/// <param name="Mode">What it shall be.</param>
public sealed record SetServerMode(string Backend, string Server, ServerMode Mode) : ServerStep(Backend, Server)
{
    /// <inheritdoc/>
    public override string Description => Mode switch
    {
        ServerMode.Drain => $"drain {Place}",
        ServerMode.Maintenance => $"put {Place} into maintenance",
        _ => $"put {Place} into service",
    };

    internal override Task<RuntimeChange> SendAsync(RuntimeClient runtime, CancellationToken cancellationToken) =>
        runtime.SetServerModeAsync(Backend, Server, Mode, cancellationToken);

    private protected override bool HoldsIn(RunningServer server) => server.Mode == Mode;
}
