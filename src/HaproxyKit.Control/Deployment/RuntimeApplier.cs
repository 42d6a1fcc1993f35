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
internal sealed class RuntimeApplier(RuntimeClient runtime, WorkerWatch watch, RunningStateReader reader, DeployerOptions options)
{
    internal async Task<AppliedCommands> ApplyAsync(DeploymentPlan plan)
    {
        var reason = "another worker took over each time";
        for (var attempt = 1; attempt <= options.MaxCommandAttempts; attempt++)
        {
            var (before, unsettled) = await SettleAsync().ConfigureAwait(false);
            if (unsettled is not null)
            {
                return new AppliedCommands(false, WorkerPid: null, unsettled);
            }

            try
            {
                if (await SendAsync(plan).ConfigureAwait(false) is { } refusal)
                {
                    return new AppliedCommands(false, before.WorkerPid, refusal);
                }

                var state = await reader.ReadAsync(plan.TouchedProxies(), CancellationToken.None).ConfigureAwait(false);
                var (after, _) = await SettleAsync().ConfigureAwait(false);
                if (before == after && state.WorkerPid == after.WorkerPid)
                {
                    return Judge(plan, state);
                }
            }
            catch (RuntimeException e)
            {
                reason = e.Message;
            }
        }

        return new AppliedCommands(false, WorkerPid: null, reason);
    }

    private static AppliedCommands Judge(DeploymentPlan plan, RunningState state)
    {
        if (plan.Commands.FirstOrDefault(command => !command.HoldsIn(state)) is { } missing)
        {
            return new AppliedCommands(false, state.WorkerPid, $"after the command it is not so: {missing.Description}");
        }

        // A check may have failed at the new address too by now. A reload would only call the server up again without knowing better.
        var down = plan.Commands.OfType<SetServerAddress>().Where(command => command.MarkUp && state.Servers[(command.Backend, command.Server)].IsDown);
        return new AppliedCommands(true, state.WorkerPid, "")
        {
            Remarks = [.. down.Select(command => Findings.Warning(
                DiagnosticIds.RuntimeRefused, $"{command.Backend}/{command.Server} fails HAProxy's check at {command.Address} port {command.Port} as well, and is down"))],
        };
    }

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

    /// <summary>Sends all commands; the text of the first refusal, or null.</summary>
    private async Task<string?> SendAsync(DeploymentPlan plan)
    {
        foreach (var command in plan.Commands)
        {
            var change = await command.SendAsync(runtime, CancellationToken.None).ConfigureAwait(false);
            if (!change.IsSuccess)
            {
                return $"{command.Description}: {change.Message}";
            }
        }

        return null;
    }
}
