using System.Collections.Immutable;
using System.Net;
using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// Keeps over a reload what only the worker knows: what people set by hand, and which servers are down. A new worker would send
/// them traffic until its own checks fail, so it is told as soon as it answers.
/// </summary>
internal sealed class StateReplay
{
    private const ServerAdminStates Forced = ServerAdminStates.ForcedMaintenance | ServerAdminStates.ForcedDrain;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    private readonly RuntimeClient _runtime;
    private readonly TimeProvider _time;
    private readonly RuntimeInfo? _old;
    private readonly ImmutableArray<ServerState> _noted;
    private readonly Func<string, string, bool?> _isOurs;
    private readonly ImmutableArray<Diagnostic>.Builder _remarks = ImmutableArray.CreateBuilder<Diagnostic>();

    private StateReplay(RuntimeClient runtime, TimeProvider time, RuntimeInfo? old, ImmutableArray<ServerState> noted, Func<string, string, bool?> isOurs) =>
        (_runtime, _time, _old, _noted, _isOurs, IsDone) = (runtime, time, old, noted, isOurs, noted.IsEmpty);

    /// <summary>Whether the new worker was told, or there was nothing to tell it.</summary>
    internal bool IsDone { get; private set; }

    /// <summary>What was kept, and what could not be.</summary>
    internal ImmutableArray<Diagnostic> Remarks => _remarks.ToImmutable();

    /// <summary>Notes what the worker that serves knows. One that does not answer knows nothing that could be kept.</summary>
    /// <param name="runtime">HAProxy.</param>
    /// <param name="time">The clock.</param>
    /// <param name="isOurs">Tells whether a server is out of service by our own doing alone; null where what HAProxy has loaded says more about it.</param>
    internal static async Task<StateReplay> NoteAsync(RuntimeClient runtime, TimeProvider time, Func<string, string, bool?> isOurs)
    {
        try
        {
            var info = await runtime.ShowInfoAsync(CancellationToken.None).ConfigureAwait(false);
            var servers = await runtime.ShowServersStateAsync(cancellationToken: CancellationToken.None).ConfigureAwait(false);
            return new StateReplay(runtime, time, info, [.. servers.Where(server => IsWorthKeeping(server) && !(IsPutOut(server) && isOurs(server.Backend, server.Name) == true))], isOurs);
        }
        catch (RuntimeException)
        {
            return new StateReplay(runtime, time, old: null, [], isOurs);
        }
    }

    /// <summary>Waits for another worker, and tells it.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!IsDone)
        {
            try
            {
                if (await SeesAnotherAsync(cancellationToken).ConfigureAwait(false))
                {
                    await TellAsync().ConfigureAwait(false);
                    return;
                }
            }
            catch (RuntimeException e) when (e.IsTransient)
            {
                // Workers are changing.
            }

            await Task.Delay(Pause, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Tells the worker that serves now, where that has not been done.</summary>
    internal async Task FinishAsync()
    {
        try
        {
            if (!IsDone && await SeesAnotherAsync(CancellationToken.None).ConfigureAwait(false))
            {
                await TellAsync().ConfigureAwait(false);
            }
        }
        catch (RuntimeException e)
        {
            _remarks.Add(Findings.Warning(DiagnosticIds.StateKept, $"what was set by hand before the reload could not be set again: {e.Message}"));
        }
    }

    private static bool IsWorthKeeping(ServerState server) =>
        server.Weight != server.ConfiguredWeight
        || server.Operational == ServerOperationalState.Stopped
        || (server.Admin & (Forced | ServerAdminStates.ConfiguredMaintenance)) != ServerAdminStates.None;

    /// <summary>Whether it was put out of service since its configuration was loaded.</summary>
    private static bool IsPutOut(ServerState server) => (server.Admin & Forced) != ServerAdminStates.None && !IsConfiguredDown(server);

    private async Task<bool> SeesAnotherAsync(CancellationToken cancellationToken)
    {
        var info = await _runtime.ShowInfoAsync(cancellationToken).ConfigureAwait(false);
        return !info.IsStopping && (info.Pid != _old!.Pid || info.StartedAt != _old.StartedAt);
    }

    private async Task TellAsync()
    {
        var now = (await _runtime.ShowServersStateAsync(cancellationToken: CancellationToken.None).ConfigureAwait(false))
            .DistinctBy(server => (server.Backend, server.Name))
            .ToDictionary(server => (server.Backend, server.Name));
        IsDone = true;
        foreach (var before in _noted)
        {
            if (now.TryGetValue((before.Backend, before.Name), out var after))
            {
                await TellAsync(before, after).ConfigureAwait(false);
            }
        }
    }

    /// <summary>What the configuration itself changed stays as it says now.</summary>
    private async Task TellAsync(ServerState before, ServerState after)
    {
        if (HasNoAddress(after))
        {
            // A spare server now: what was said of it was said of what it was before.
            return;
        }

        var (backend, server) = (before.Backend, before.Name);
        if (IsDown(before) && !IsDown(after) && Equals(before.Address, after.Address) && before.Port == after.Port)
        {
            Note(await _runtime.SetServerHealthAsync(backend, server, ServerHealth.Down).ConfigureAwait(false), before, "is down as before");
        }

        if (ModeOf(before) != ModeOf(after) && (IsConfiguredDown(before) == IsConfiguredDown(after) || IsOperators(before)))
        {
            var mode = ModeOf(before);
            var what = mode switch
            {
                ServerMode.Maintenance => "stays in maintenance, as somebody has put it",
                ServerMode.Drain => "goes on draining, as somebody has asked for",
                _ => "stays in service, as somebody has put it",
            };
            Note(await _runtime.SetServerModeAsync(backend, server, mode).ConfigureAwait(false), before, what);
        }

        if (before.Weight != before.ConfiguredWeight && before.ConfiguredWeight == after.ConfiguredWeight && before.Weight != after.Weight)
        {
            Note(
                await _runtime.SetServerWeightAsync(backend, server, before.Weight).ConfigureAwait(false),
                before,
                FormattableString.Invariant($"keeps the weight {before.Weight} that somebody has set"));
        }
    }

    private void Note(RuntimeChange change, ServerState server, string what) => _remarks.Add(change.IsSuccess
        ? new Diagnostic { Id = DiagnosticIds.StateKept, Severity = DiagnosticSeverity.Info, Message = $"{server.Backend}/{server.Name} {what}" }
        : Findings.Warning(DiagnosticIds.StateKept, $"after the reload HAProxy refused that {server.Backend}/{server.Name} {what}: {change.Message}"));

    /// <summary>
    /// Whether somebody else has put it out of service for sure: that it was disabled in what HAProxy has loaded says nothing where it was put in
    /// service at run time since, as a spare server that is taken.
    /// </summary>
    private bool IsOperators(ServerState before) => ModeOf(before) != ServerMode.Ready && _isOurs(before.Backend, before.Name) == false;

    private static bool IsDown(ServerState server) =>
        server.Operational == ServerOperationalState.Stopped && (server.Admin & ~ServerAdminStates.ConfiguredMaintenance) == ServerAdminStates.None;

    private static bool HasNoAddress(ServerState server) =>
        IPAddress.Any.Equals(server.Address) || IPAddress.IPv6Any.Equals(server.Address);

    private static bool IsConfiguredDown(ServerState server) =>
        (server.Admin & ServerAdminStates.ConfiguredMaintenance) != ServerAdminStates.None;

    private static ServerMode ModeOf(ServerState server) =>
        (server.Admin & ServerAdminStates.ForcedMaintenance) != ServerAdminStates.None ? ServerMode.Maintenance
        : (server.Admin & ServerAdminStates.ForcedDrain) != ServerAdminStates.None ? ServerMode.Drain
        : ServerMode.Ready;
}
