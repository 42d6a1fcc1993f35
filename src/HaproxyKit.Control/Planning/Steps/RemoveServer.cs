using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Planning.Steps;

/// <summary>
/// A server goes: it gets no new sessions from now on (<c>set server ... state drain</c>), and is deleted once it has none (<c>del
/// server</c>).
/// </summary>
/// <param name="Backend">The name of its backend or listen section.</param>
/// <param name="Server">The server's name.</param>
/// <param name="Grace">
/// How long its sessions may go on. With zero it is put into maintenance and deleted at once, where it has none; else whoever carries the
/// plan out deletes it later.
/// </param>
/// <remarks>The step holds as soon as the server gets nothing new: it is gone, drains, or is in maintenance.</remarks>
public sealed record RemoveServer(string Backend, string Server, TimeSpan Grace) : ServerStep(Backend, Server)
{
    /// <inheritdoc/>
    public override string Description => Grace > TimeSpan.Zero ? $"drain {Place} and delete it" : $"delete {Place}";

    private protected override bool HoldsWithout => true;

    internal override async Task<RuntimeChange> SendAsync(RuntimeClient runtime, CancellationToken cancellationToken)
    {
        var mode = Grace > TimeSpan.Zero ? ServerMode.Drain : ServerMode.Maintenance;
        var change = await runtime.SetServerModeAsync(Backend, Server, mode, cancellationToken).ConfigureAwait(false);
        if (change.Outcome == RuntimeOutcome.NotFound)
        {
            return new RuntimeChange(RuntimeOutcome.Unchanged, change.Message);
        }

        if (change.IsSuccess && mode == ServerMode.Maintenance)
        {
            var deleted = await runtime.DeleteServerAsync(Backend, Server, cancellationToken).ConfigureAwait(false);
            return deleted.IsSuccess ? deleted : change;
        }

        return change;
    }

    private protected override bool HoldsIn(RunningServer server) => server.IsInMaintenance;
}
