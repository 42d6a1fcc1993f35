using System.Collections.Immutable;
using System.Net;
using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Planning.Steps;

/// <summary>A server is added, its checks are switched on, and it is put into service (<c>add server</c>).</summary>
/// <param name="Backend">The name of its backend or listen section.</param>
/// <param name="Server">The server's name.</param>
/// <param name="Address">The address.</param>
/// <param name="Port">The port.</param>
public sealed record AddServer(string Backend, string Server, IPAddress Address, int Port) : ServerStep(Backend, Server)
{
    private const string Known = "Already exists a server with the same name in backend.";

    /// <summary>The words behind the address, those of <c>default-server</c> among them, from which HAProxy takes nothing here.</summary>
    public ImmutableArray<string> Words { get; init; } = [];

    /// <summary>Whether it stays in maintenance, in which every server begins that is added.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>
    /// Whether a server of the name was removed before and still waits, without a session, for its deletion: then it is deleted first, and
    /// where HAProxy refuses that the step is refused.
    /// </summary>
    public bool IsInPlaceOfLeftOver { get; init; }

    /// <summary>Whether its health is checked.</summary>
    public bool IsChecked { get; init; }

    /// <summary>Whether an agent is asked, which may change weight and limit at once.</summary>
    public bool HasAgent { get; init; }

    /// <summary>The weight that its words give it.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>The limit of connections that its words give it, 0 for none.</summary>
    public int MaxConnections { get; init; }

    /// <inheritdoc/>
    public override string Description =>
        $"add {Place} at {new IPEndPoint(Address, Port)}{(IsDisabled ? " in maintenance" : "")}";

    /// <summary>Two steps are equal when they add the same server with the same words.</summary>
    /// <param name="other">The step to compare with.</param>
    /// <returns>True when all parts are equal.</returns>
    public bool Equals(AddServer? other) =>
        other is not null
        && (Backend, Server, Port, IsDisabled) == (other.Backend, other.Server, other.Port, other.IsDisabled)
        && Address.Equals(other.Address)
        && Words.SequenceEqual(other.Words, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Backend, Server, Address, Port, IsDisabled, Words.Length);

    internal override async Task<RuntimeChange> SendAsync(RuntimeClient runtime, CancellationToken cancellationToken)
    {
        if (IsInPlaceOfLeftOver && await DeleteLeftOverAsync(runtime, cancellationToken).ConfigureAwait(false) is { IsSuccess: false } kept)
        {
            return kept;
        }

        var added = await runtime.AddServerAsync(Backend, Server, Address, Port, Words, cancellationToken).ConfigureAwait(false);
        if (!added.IsSuccess && added.Message != Known)
        {
            return added;
        }

        // A worker that started since the plan was made has read it from the file, and knows all that follows.
        foreach (var change in Commands(runtime))
        {
            var done = await change(cancellationToken).ConfigureAwait(false);
            if (!done.IsSuccess)
            {
                return done;
            }
        }

        return added.IsSuccess ? added : new RuntimeChange(RuntimeOutcome.Unchanged, added.Message);
    }

    internal override bool ShowsInServersState => false;

    private protected override bool HoldsIn(RunningServer server) =>
        Address.Equals(server.Address)
        && Port == server.Port
        && server.Mode == (IsDisabled ? ServerMode.Maintenance : ServerMode.Ready)
        && server.IsChecked == IsChecked
        && server.HasAgent == HasAgent
        && (HasAgent || (server.Weight == Weight && server.MaxConnections == MaxConnections));

    /// <summary>Deletes what is out of service; one that is in service came with a worker that has read the file.</summary>
    private async Task<RuntimeChange> DeleteLeftOverAsync(RuntimeClient runtime, CancellationToken cancellationToken)
    {
        const ServerAdminStates OutOfService = ServerAdminStates.AnyMaintenance | ServerAdminStates.AnyDrain;
        var servers = await runtime.ShowServersStateAsync(Backend, cancellationToken).ConfigureAwait(false);
        if (!servers.Any(server => server.Name == Server && (server.Admin & OutOfService) != ServerAdminStates.None))
        {
            return new RuntimeChange(RuntimeOutcome.Unchanged, "");
        }

        var stopped = await runtime.SetServerModeAsync(Backend, Server, ServerMode.Maintenance, cancellationToken).ConfigureAwait(false);
        return stopped.IsSuccess ? await runtime.DeleteServerAsync(Backend, Server, cancellationToken).ConfigureAwait(false) : stopped;
    }

    /// <summary>Checks come first, so that it is in service only while they are on.</summary>
    private IEnumerable<Func<CancellationToken, Task<RuntimeChange>>> Commands(RuntimeClient runtime)
    {
        if (IsChecked)
        {
            yield return token => runtime.EnableHealthAsync(Backend, Server, token);
        }

        if (HasAgent)
        {
            yield return token => runtime.EnableAgentAsync(Backend, Server, token);
        }

        if (!IsDisabled)
        {
            yield return token => runtime.SetServerModeAsync(Backend, Server, ServerMode.Ready, token);
        }
    }
}
