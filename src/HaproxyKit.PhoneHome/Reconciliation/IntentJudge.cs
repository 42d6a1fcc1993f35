using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Mappings;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>Decides what all who wait make of the wanted mappings together, one after the other.</summary>
/// <param name="store">Who has called, and when calls were signed; its lock is held.</param>
/// <param name="deployment">Knows which ports are the operator's.</param>
/// <param name="arbiter">Knows what counts where nodes of one mapping disagree.</param>
/// <param name="options">The lease of a call that names none, and the declared ports.</param>
/// <param name="answer">Answers who may not have what is wanted.</param>
internal sealed class IntentJudge(
    MappingStore store, MappingDeployment deployment, SettingsArbiter arbiter, PhoneHomeOptions options,
    Action<PendingIntent, DesiredMappings, MappingOutcome> answer)
{
    /// <summary>What the wanted mappings become; each intent is told what it is, or answered where it may not be.</summary>
    internal async Task<DesiredMappings> DecideAsync(List<PendingIntent> waiting, DesiredMappings before, CancellationToken cancellationToken)
    {
        var wanted = before;
        arbiter.Begin();
        OperatorListeners? listeners = null;
        var lastCall = waiting.Exists(pending => pending.Intent is MappingIntent.Lapse) ? store.ReadCalls() : static (_, _) => null;
        foreach (var pending in waiting)
        {
            if (pending.Intent is MappingIntent.Lapse lapse && HasCalledSince(lapse, waiting, lastCall))
            {
                pending.Change = MappingChange.Unchanged;
                continue;
            }

            if (FindReplay(pending) is { } replayed)
            {
                answer(pending, before, replayed);
                continue;
            }

            var decision = wanted.Decide(arbiter.Hear(pending.Intent, wanted), options.DefaultLease, options.DeclaredPorts);
            var conflict = decision.Conflict;
            if (conflict is null && decision.Change == MappingChange.Created)
            {
                listeners ??= await deployment.ReadListenersAsync(cancellationToken).ConfigureAwait(false);
                conflict = listeners.FindConflict(pending.FrontendPort);
            }

            if (conflict is not null)
            {
                answer(pending, before, conflict);
                continue;
            }

            if (pending.Intent is MappingIntent.Call { Command: var taken } && !pending.IsNew)
            {
                store.Stamps.Take(taken);
                pending.IsNew = true;
            }

            arbiter.Note(pending.Intent, pending.FrontendPort, wanted[pending.FrontendPort], decision.Mappings[pending.FrontendPort]);
            pending.Change = decision.Change;
            wanted = decision.Mappings;
        }

        return (await WithoutAbsentAsync(wanted, before, waiting, cancellationToken).ConfigureAwait(false)).Tidied(before);
    }

    /// <summary>What has lost its last node, and stands in no file, as what HAProxy refuses, is not put there to be closed: it goes.</summary>
    private async Task<DesiredMappings> WithoutAbsentAsync(
        DesiredMappings wanted, DesiredMappings before, List<PendingIntent> waiting, CancellationToken cancellationToken)
    {
        var closing = waiting.Select(pending => wanted[pending.FrontendPort]).OfType<Mapping>().Distinct()
            .Where(mapping => mapping is { IsClosed: true, IsDeclared: false } && before[mapping.FrontendPort] is { IsClosed: false })
            .ToList();
        if (closing.Count == 0)
        {
            return wanted;
        }

        // The incumbent's section is there too: it gives way to one that can be closed and opened at run time.
        var read = await deployment.ReadFileAsync(cancellationToken).ConfigureAwait(false);
        var there = read.Mappings.Select(mapping => mapping.FrontendName).ToHashSet(StringComparer.Ordinal);
        var incumbents = read.Incumbents.Select(section => section.Port).ToHashSet();
        return closing.Where(mapping => !there.Contains(mapping.FrontendName) && !incumbents.Contains(mapping.FrontendPort)).Aggregate(wanted, static (left, mapping) => left.Without(mapping.FrontendPort));
    }

    /// <summary>The refusal of a signed call that is no newer than the last one of its node, or null.</summary>
    private MappingOutcome.Replayed? FindReplay(PendingIntent pending) =>
        !pending.IsNew && pending.Intent is MappingIntent.Call { Command: var command } ? store.Stamps.Refuse(command) : null;

    /// <summary>Whether a node that was found silent has called after all: to any process, or in this very batch.</summary>
    private static bool HasCalledSince(MappingIntent.Lapse lapse, List<PendingIntent> waiting, Func<int, string?, long?> lastCall) =>
        lastCall(lapse.FrontendPort, lapse.Node) != lapse.LastCall
        || waiting.Exists(pending => pending.Intent is MappingIntent.Call { Command: { Action: MappingAction.Add } command }
            && command.FrontendPort == lapse.FrontendPort && command.Node == lapse.Node);
}
