using HaproxyKit.Control.Deployment;
using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>The mappings that one pass leaves out so that all others go on: those in quarantine, and those that it finds refused itself.</summary>
internal sealed class HeldBack
{
    private readonly Quarantine _quarantine;
    private readonly Dictionary<int, MappingOutcome> _refusals;

    private HeldBack(Quarantine quarantine, Dictionary<int, MappingOutcome> refusals) => (_quarantine, _refusals) = (quarantine, refusals);

    /// <summary>What is left out of a pass from its begin.</summary>
    internal static async Task<HeldBack> BeginAsync(
        Quarantine quarantine, MappingDeployment deployment, DesiredMappings wanted, List<PendingIntent> waiting, CancellationToken cancellationToken)
    {
        if (quarantine.IsEmpty)
        {
            return new HeldBack(quarantine, []);
        }

        var called = waiting.Where(pending => pending.Intent is MappingIntent.Call).Select(pending => pending.FrontendPort).ToHashSet();
        var revision = await deployment.ReadRevisionAsync(cancellationToken).ConfigureAwait(false);
        return new HeldBack(quarantine, quarantine.Begin(wanted, revision, called.Contains));
    }

    /// <summary>
    /// Finds mappings that were wanted before, of which nobody wants anything new, and which HAProxy refuses all the same: their port has been
    /// taken since, say. They stay wanted. So it is with those whose last node goes: what HAProxy refuses, it does not serve, and a goodbye is true.
    /// </summary>
    /// <param name="before">What was wanted before.</param>
    /// <param name="wanted">What is wanted now.</param>
    /// <param name="waiting">Who wants something.</param>
    /// <param name="result">The refusal.</param>
    /// <param name="tell">Told of each one that is news, with the reason.</param>
    /// <returns>Whether there is one more, so that it may go without it.</returns>
    internal bool Add(
        DesiredMappings before, DesiredMappings wanted, List<PendingIntent> waiting, DeploymentResult result, Action<int, string> tell)
    {
        if (result.IsOperatorsFault)
        {
            return false;
        }

        var changing = waiting.Where(pending => pending.ChangesSomething).Select(pending => pending.FrontendPort).ToHashSet();
        var blame = Blame.Of(result);
        var found = before.All.Where(mapping => !changing.Contains(mapping.FrontendPort))
            .Concat(wanted.All.Where(mapping => mapping.Nodes.IsEmpty && changing.Contains(mapping.FrontendPort)))
            .Where(mapping => !_refusals.ContainsKey(mapping.FrontendPort) && blame.Contains(mapping.FrontendPort))
            .ToList();
        foreach (var mapping in found)
        {
            var (refusal, reason) = (blame.RefusalFor(mapping.FrontendPort), blame.ReasonFor(mapping.FrontendPort));
            _refusals.Add(mapping.FrontendPort, refusal);
            if (_quarantine.Add(mapping, refusal, reason))
            {
                tell(mapping.FrontendPort, reason);
            }
        }

        return found.Count > 0;
    }

    internal DesiredMappings Without(DesiredMappings mappings) => _refusals.Keys.Aggregate(mappings, static (left, port) => left.Without(port));

    /// <summary>Tells those the truth who called for a mapping that is left out. A goodbye is none of them: it is true whether the mapping is served or not.</summary>
    internal void Answer(List<PendingIntent> waiting)
    {
        foreach (var pending in waiting)
        {
            if (pending.Intent is MappingIntent.Call { Command.Action: MappingAction.Add } && _refusals.TryGetValue(pending.FrontendPort, out var refusal))
            {
                pending.Answer(refusal);
            }
        }
    }
}
