using System.Collections.Immutable;
using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Planning.Steps;

/// <summary>A backend is added with its servers, and published (<c>add backend</c>, <c>publish backend</c>; from HAProxy 3.5 on).</summary>
/// <param name="Backend">The backend's name.</param>
/// <param name="Defaults">The named <c>defaults</c> section from which it takes everything.</param>
/// <param name="Mode">Its protocol in HAProxy's word, or null where its defaults say it.</param>
public sealed record AddBackend(string Backend, string Defaults, string? Mode) : RuntimeStep
{
    /// <summary>Its servers, in order.</summary>
    public ImmutableArray<AddServer> Servers { get; init; } = [];

    /// <inheritdoc/>
    public override string Description => $"add backend {Backend} with {Servers.Length} {(Servers.Length == 1 ? "server" : "servers")}";

    /// <inheritdoc/>
    public override string? Proxy => Backend;

    /// <summary>Two steps are equal when they add the same backend with the same servers.</summary>
    /// <param name="other">The step to compare with.</param>
    /// <returns>True when all parts are equal.</returns>
    public bool Equals(AddBackend? other) =>
        other is not null && (Backend, Defaults, Mode) == (other.Backend, other.Defaults, other.Mode) && Servers.SequenceEqual(other.Servers);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Backend, Defaults, Mode, Servers.Length);

    internal override async Task<RuntimeChange> SendAsync(RuntimeClient runtime, CancellationToken cancellationToken)
    {
        var added = await runtime.AddBackendAsync(Backend, Defaults, Mode, cancellationToken).ConfigureAwait(false);
        if (!added.IsSuccess)
        {
            return added;
        }

        foreach (var server in Servers)
        {
            var change = await server.SendAsync(runtime, cancellationToken).ConfigureAwait(false);
            if (!change.IsSuccess)
            {
                return change;
            }
        }

        return await runtime.PublishBackendAsync(Backend, cancellationToken).ConfigureAwait(false);
    }

    internal override bool HoldsIn(RunningState state) => state.Proxies.Contains(Backend) && Servers.All(server => server.HoldsIn(state));
}
