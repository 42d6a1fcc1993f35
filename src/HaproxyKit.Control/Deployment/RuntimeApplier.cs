using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;

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
            try
            {
                var before = await watch.WaitUntilSettledAsync(options.SettleTimeout, CancellationToken.None).ConfigureAwait(false);
                if (await SendAsync(plan).ConfigureAwait(false) is { } refusal)
                {
                    return new AppliedCommands(false, before.WorkerPid, refusal);
                }

                var state = await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
                var after = await watch.WaitUntilSettledAsync(options.SettleTimeout, CancellationToken.None).ConfigureAwait(false);
                if (before == after && state.WorkerPid == after.WorkerPid)
                {
                    var missing = plan.Commands.FirstOrDefault(command => !Holds(command, state));
                    return new AppliedCommands(missing is null, after.WorkerPid, missing is null ? "" : $"after the command it is not so: {missing.Description}");
                }
            }
            catch (RuntimeException e)
            {
                reason = e.Message;
            }
        }

        return new AppliedCommands(false, WorkerPid: null, reason);
    }

    /// <summary>Sends all commands; the text of the first refusal, or null.</summary>
    private async Task<string?> SendAsync(DeploymentPlan plan)
    {
        foreach (var command in plan.Commands)
        {
            var change = await runtime.SetServerAddressAsync(
                command.Backend, command.Server, command.Address, command.Port, command.MarkUp, CancellationToken.None).ConfigureAwait(false);
            if (change.Refusal is { } refusal)
            {
                return $"{command.Description}: {refusal}";
            }
        }

        return null;
    }

    private static bool Holds(DeploymentStep.SetServerAddress command, RunningState state) =>
        state.Servers.TryGetValue((command.Backend, command.Server), out var server)
        && command.Address.Equals(server.Address)
        && command.Port == server.Port
        && !(command.MarkUp && server.IsDown);
}
