using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Planning.Steps;

/// <summary>
/// A server's health checks are switched on or off (<c>enable health</c>, <c>disable health</c>). They can be switched on only where its
/// line had <c>check</c> when HAProxy read it.
/// </summary>
/// <param name="Backend">The name of its backend or listen section.</param>
/// <param name="Server">The server's name.</param>
/// <param name="IsOn">
/// Whether it shall be checked. One that is not checked counts as up, as after a reload: so it is marked up with the same command.
/// </param>
public sealed record SwitchServerCheck(string Backend, string Server, bool IsOn) : ServerStep(Backend, Server)
{
    /// <inheritdoc/>
    public override string Description => IsOn ? $"check {Place}" : $"check {Place} no more";

    internal override async Task<RuntimeChange> SendAsync(RuntimeClient runtime, CancellationToken cancellationToken)
    {
        if (IsOn)
        {
            return await runtime.EnableHealthAsync(Backend, Server, cancellationToken).ConfigureAwait(false);
        }

        var off = await runtime.DisableHealthAsync(Backend, Server, cancellationToken).ConfigureAwait(false);
        return off.IsSuccess
            ? await runtime.SetServerHealthAsync(Backend, Server, ServerHealth.Up, cancellationToken).ConfigureAwait(false)
            : off;
    }

    private protected override bool HoldsIn(RunningServer server) => server.IsChecked == IsOn && (IsOn || !server.IsDown);
}
