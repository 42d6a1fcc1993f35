using HaproxyKit.Control.Planning.Steps;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Mappings;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <content>What would be done for a command.</content>
public sealed partial class MappingReconciler
{
    /// <inheritdoc/>
    public async Task<MappingPlan> PlanAsync(MappingCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        try
        {
            DesiredMappings before;
            using (await _store.LockAsync(cancellationToken).ConfigureAwait(false))
            {
                before = _store.Load();
            }

            if (_store.Stamps.Refuse(command) is { } replayed)
            {
                return new MappingPlan { Refusal = replayed };
            }

            var call = _arbiter.Hear(new MappingIntent.Call(command), before[command.FrontendPort], isTold: false);
            var decision = before.Decide(call, _options.DefaultLease, _options.DeclaredPorts);
            var conflict = decision.Conflict;
            if (conflict is null && decision.Change == MappingChange.Created)
            {
                conflict = (await _deployment.ReadListenersAsync(cancellationToken).ConfigureAwait(false)).FindConflict(command.FrontendPort);
            }

            return conflict is not null
                ? new MappingPlan { Refusal = conflict }
                : await PlanAsync(before, decision, command.FrontendPort, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new MappingPlan { Refusal = new MappingOutcome.ConfigurationUnavailable { Message = $"the configuration could not be read: {e.Message}" } };
        }
    }

    private async Task<MappingPlan> PlanAsync(DesiredMappings before, MappingDecision decision, int port, CancellationToken cancellationToken)
    {
        var preview = await _deployment.PreviewAsync(before, _quarantine.Without(decision.Mappings, port), cancellationToken).ConfigureAwait(false);
        var read = await _deployment.ReadFileAsync(cancellationToken).ConfigureAwait(false);
        var own = new[] { before[port], decision.Mappings[port] }.OfType<Mapping>()
            .SelectMany(mapping => new[] { mapping.FrontendName, mapping.BackendName })
            .Concat(read.Incumbents.Where(section => section.Port == port).SelectMany(section => new[] { section.FrontendName, section.BackendName }))
            .ToHashSet(StringComparer.Ordinal);
        var shown = preview.Plan.Steps.Where(step => IsFor(own, step)).ToList();
        return new MappingPlan
        {
            Change = decision.Change,
            Refusal = preview is { IsAccepted: true, IsReachable: true } ? null : Blame.Of(preview).RefusalFor(port),
            Steps = [.. shown.Select(step => step.Description)],
            StepsForOthers = preview.Plan.Steps.Length - shown.Count,
            NeedsReload = preview.Plan.NeedsReload,
            Revision = preview.Revision,
        };
    }

    /// <summary>Whether a step names nothing but the sections of one mapping.</summary>
    private static bool IsFor(HashSet<string> own, DeploymentStep step) => step switch
    {
        ReloadStep reload => reload.Subjects.All(own.Contains),
        RuntimeStep { Proxy: { } proxy } => own.Contains(proxy),
        _ => false,
    };
}
