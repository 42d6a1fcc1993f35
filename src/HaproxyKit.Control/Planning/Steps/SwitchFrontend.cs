using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Planning.Steps;

/// <summary>A frontend is closed or opened (<c>disable frontend</c>, <c>enable frontend</c>).</summary>
/// <param name="Frontend">The name of the frontend.</param>
/// <param name="IsOpen">Whether it shall take connections.</param>
/// <remarks>
/// <para>
/// A frontend that the file says is <c>disabled</c> is not started at all: after a reload the worker does not have it, and its ports are
/// free. Closing it at run time is the same to every client: new connections are refused, established ones live on, as they do in the old
/// worker after a reload. Only the ports stay HAProxy's until the next reload. It is planned for frontends on TCP ports alone: on a unix
/// socket HAProxy 2.6 goes on taking connections.
/// </para>
/// <para>
/// One that was closed so can be opened. One that was not started, or was shut down, cannot (<c>Frontend was previously shut down</c>):
/// that takes a reload.
/// </para>
/// </remarks>
public sealed record SwitchFrontend(string Frontend, bool IsOpen) : RuntimeStep
{
    /// <inheritdoc/>
    public override string Description => IsOpen ? $"open {Frontend}" : $"close {Frontend}";

    /// <inheritdoc/>
    public override string? Proxy => Frontend;

    internal override Task<RuntimeChange> SendAsync(RuntimeClient runtime, CancellationToken cancellationToken) =>
        IsOpen ? runtime.EnableFrontendAsync(Frontend, cancellationToken) : runtime.DisableFrontendAsync(Frontend, cancellationToken);

    internal override bool HoldsIn(RunningState state) => state.IsOpen(Frontend) == IsOpen;
}
