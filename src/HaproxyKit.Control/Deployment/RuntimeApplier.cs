using System.Collections.Immutable;
using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Planning.Steps;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// Sends commands and proves their effect. A command that a worker takes while somebody else's reload is on its way is lost with that worker:
/// so the worker is told before and after, and the state is read back from the one that stays.
/// </summary>
internal sealed class RuntimeApplier(RuntimeClient runtime, WorkerWatch watch, RunningStateReader reader, DeployerOptions options, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LateLimit = TimeSpan.FromMilliseconds(500);

    /// <param name="plan">The commands.</param>
    /// <param name="seen">The settled worker, where it was seen before the file was written; null to look for it first.</param>
    internal async Task<AppliedCommands> ApplyAsync(DeploymentPlan plan, WorkerIdentity? seen = null)
    {
        var reason = "another worker took over each time";
        for (var attempt = 1; attempt <= options.MaxCommandAttempts; attempt++)
        {
            var (before, unsettled) = seen is { } known && attempt == 1 ? (known, null) : await SettleAsync().ConfigureAwait(false);
            if (unsettled is not null)
            {
                return new AppliedCommands(false, Worker: null, unsettled);
            }

            try
            {
                var steps = ImmutableArray.CreateBuilder<AppliedStep>();
                if (await SendAsync(plan, steps, before.WorkerPid).ConfigureAwait(false) is { } refusal)
                {
                    return new AppliedCommands(false, before, refusal) { Steps = steps.DrainToImmutable() };
                }

                var (state, missing) = await ReadBackAsync(plan, before.WorkerPid).ConfigureAwait(false);
                var after = await watch.IdentifyAsync(state.Info!, CancellationToken.None).ConfigureAwait(false);
                if (before != after)
                {
                    (after, _) = await SettleAsync().ConfigureAwait(false);
                }

                if (before == after && state.WorkerPid == after.WorkerPid)
                {
                    return new AppliedCommands(missing is null, after, missing is null ? "" : NotSo(missing))
                    {
                        Remarks = missing is null ? Remarks(plan, state) : [],
                        Steps = steps.DrainToImmutable(),
                    };
                }
            }
            catch (RuntimeException e)
            {
                reason = e.Message;
            }
        }

        return new AppliedCommands(false, Worker: null, reason);
    }

    /// <summary>
    /// The state, and the first step that it does not show as done, or null. From 3.0 on a worker says that an address has changed before it
    /// takes the address over, a moment that a busy machine makes longer.
    /// </summary>
    private async Task<(RunningState State, RuntimeStep? Missing)> ReadBackAsync(DeploymentPlan plan, int? worker)
    {
        var sent = time.GetTimestamp();
        for (var pause = FirstPause; ; pause *= 2)
        {
            var state = await reader.ReadBackAsync(plan, CancellationToken.None).ConfigureAwait(false);
            var missing = await FindMissingAsync(plan, state).ConfigureAwait(false);
            if (missing is null || state.WorkerPid != worker || time.GetElapsedTime(sent) >= LateLimit)
            {
                return (state, missing);
            }

            await Task.Delay(pause, time).ConfigureAwait(false);
        }
    }

    /// <summary>The first step that HAProxy does not show as done, or null.</summary>
    private async Task<RuntimeStep?> FindMissingAsync(DeploymentPlan plan, RunningState state)
    {
        foreach (var command in plan.Commands)
        {
            if (!await command.HoldsAsync(runtime, state, CancellationToken.None).ConfigureAwait(false))
            {
                return command;
            }
        }

        return null;
    }

    /// <summary>A check may have failed at the new address too by now. A reload would only call the server up again without knowing better.</summary>
    private static ImmutableArray<Diagnostic> Remarks(DeploymentPlan plan, RunningState state) =>
    [
        .. plan.Commands.OfType<SetServerAddress>()
            .Where(command => command.MarkUp && state.Servers[(command.Backend, command.Server)].IsDown)
            .Select(command => Findings.Warning(
                DiagnosticIds.RuntimeRefused, $"{command.Backend}/{command.Server} fails HAProxy's check at {command.Address} port {command.Port} as well, and is down")),
    ];

    /// <summary>The worker that serves, or why none does within the limit.</summary>
    private async Task<(WorkerIdentity Worker, string? Reason)> SettleAsync()
    {
        try
        {
            return (await watch.WaitUntilSettledAsync(options.SettleTimeout, CancellationToken.None).ConfigureAwait(false), null);
        }
        catch (RuntimeException e)
        {
            return (default, e.Message);
        }
    }

    private static string NotSo(RuntimeStep missing) => $"after the command it is not so: {missing.Description}";

    /// <summary>Sends all commands; the text of the first refusal, or null.</summary>
    private async Task<string?> SendAsync(DeploymentPlan plan, ImmutableArray<AppliedStep>.Builder steps, int? worker)
    {
        var addresses = plan.Commands.OfType<SetServerAddress>().ToLookup(address => (address.Backend, address.Server));
        foreach (var command in plan.Commands)
        {
            // A server leaves maintenance one failed check away from DOWN, so that it must not be checked, or used, where it was before.
            if (command is SetServerMode { Mode: ServerMode.Ready } ready && addresses[(ready.Backend, ready.Server)].LastOrDefault() is { } address
                && (await ReadBackAsync(new DeploymentPlan([address]), worker).ConfigureAwait(false)).Missing is { } missing)
            {
                return NotSo(missing);
            }

            var sent = time.GetTimestamp();
            var change = await command.SendAsync(runtime, CancellationToken.None).ConfigureAwait(false);
            steps.Add(new AppliedStep(command, time.GetElapsedTime(sent), change.Message));
            if (!change.IsSuccess)
            {
                return $"{command.Description}: {change.Message}";
            }
        }

        return null;
    }
}
