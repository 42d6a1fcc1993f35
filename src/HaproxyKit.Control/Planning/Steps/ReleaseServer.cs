using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Planning.Steps;

/// <summary>
/// A server loses its address and stays as a spare one: it gets no new sessions from now on (<c>set server ... state drain</c>), and is put into
/// maintenance once it has none (<c>state maint</c>). HAProxy keeps its last address, to which nothing goes any more.
/// </summary>
/// <param name="Backend">The name of its backend or listen section.</param>
/// <param name="Server">The server's name.</param>
/// <param name="Grace">
/// How long its sessions may go on. With zero it is put into maintenance at once; else whoever carries the plan out does so later.
/// </param>
/// <remarks>The step holds as soon as the server gets nothing new: it drains, or is in maintenance.</remarks>
public sealed record ReleaseServer(string Backend, string Server, TimeSpan Grace) : ServerStep(Backend, Server)
{
    /// <inheritdoc/>
    public override string Description => Grace > TimeSpan.Zero ? $"drain {Place} and keep it as a spare" : $"keep {Place} as a spare";

    internal override Task<RuntimeChange> SendAsync(RuntimeClient runtime, CancellationToken cancellationToken) =>
        runtime.SetServerModeAsync(Backend, Server, Grace > TimeSpan.Zero ? ServerMode.Drain : ServerMode.Maintenance, cancellationToken);

    private protected override bool HoldsIn(RunningServer server) => server.IsInMaintenance;
}
