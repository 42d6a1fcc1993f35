using System.Globalization;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Diagnostics;
using HaproxyKit.PhoneHome.Mappings;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>Decides which nodes go for their lease. Whoever says goodbye goes all the same.</summary>
/// <remarks>
/// <para>
/// Silence says more of the road to us than of the nodes where more than half of all leases lapse at once, or nobody at all has called for a
/// lease, as when a certificate has expired. Then the brake holds: nobody goes and an alarm stands, until callers are heard again. Only who has
/// been silent for six leases and is DOWN by HAProxy's own check, which does not come by that road, goes all the same: so a lone mapping whose
/// node is dead does not stay for ever, and one that serves is never taken out for an outage of the webhook's.
/// </para>
/// <para>
/// Where the brake does not hold, others are heard, and a silent node goes at its lease; but the last one of its mapping, as long as HAProxy's
/// check says that it is UP, stays for six leases, with an alarm: it may be that its caller alone is broken. Then it goes, since what answers
/// at its old address may be a stranger.
/// </para>
/// </remarks>
internal sealed class LeaseBrake(AlarmBoard alarms)
{
    internal const string AlarmKey = "phone-home leases";

    /// <summary>How many leases a node without a caller stays at most.</summary>
    private const int LeasesAtMost = 6;

    private HashSet<int> _lastNodes = [];

    internal static string AlarmKeyOf(int frontendPort) => string.Create(CultureInfo.InvariantCulture, $"phone-home last node {frontendPort}");

    /// <summary>The lapses that may be carried out.</summary>
    /// <param name="due">What is due at this look.</param>
    /// <param name="mappings">The wanted mappings.</param>
    /// <param name="leases">How many leases there are.</param>
    /// <param name="silence">How long nobody at all has called.</param>
    /// <param name="healthOf">What HAProxy's check says of a node.</param>
    internal IReadOnlyList<MappingIntent.Lapse> Release(
        IReadOnlyList<MappingIntent.Lapse> due, DesiredMappings mappings, int leases, TimeSpan silence, Func<Mapping, MappingNode, NodeHealth> healthOf)
    {
        var isMost = 2 * due.Count > leases;
        var lapses = due.Select(lapse => (Lapse: lapse, Node: FindNode(lapse, mappings)))
            .Where(pair => pair.Node is not null)
            .Select(pair => (pair.Lapse, Mapping: mappings[pair.Lapse.FrontendPort]!, Health: healthOf(mappings[pair.Lapse.FrontendPort]!, pair.Node!)))
            .ToList();
        var isHeld = lapses.ToLookup(one => isMost || silence > one.Mapping.Lease);
        if (isHeld[true].Any())
        {
            Raise(isMost
                ? string.Create(CultureInfo.InvariantCulture, $"{due.Count} of {leases} leases have lapsed at once")
                : "nobody at all has called for as long as a lease");
        }
        else
        {
            alarms.Clear(AlarmKey);
        }

        var kept = isHeld[false].Where(one => one.Health == NodeHealth.Up && !IsOverdue(one.Lapse, one.Mapping) && IsLast(one.Mapping, due))
            .ToDictionary(one => one.Lapse, one => one.Mapping);
        Tell(kept.Values);
        return
        [
            .. isHeld[true].Where(one => one.Health == NodeHealth.Down && IsOverdue(one.Lapse, one.Mapping)).Select(one => one.Lapse),
            .. isHeld[false].Where(one => !kept.ContainsKey(one.Lapse)).Select(one => one.Lapse),
        ];
    }

    private static bool IsOverdue(MappingIntent.Lapse lapse, Mapping mapping) => lapse.Silence > LeasesAtMost * mapping.Lease;

    /// <summary>Whether nobody of the mapping is heard.</summary>
    private static bool IsLast(Mapping mapping, IReadOnlyList<MappingIntent.Lapse> due) =>
        mapping.Nodes.All(node => due.Any(lapse => lapse.FrontendPort == mapping.FrontendPort && string.Equals(lapse.Node, node.Node, StringComparison.Ordinal)));

    private static MappingNode? FindNode(MappingIntent.Lapse lapse, DesiredMappings mappings) =>
        mappings[lapse.FrontendPort]?.Nodes.FirstOrDefault(node => string.Equals(node.Node, lapse.Node, StringComparison.Ordinal));

    private void Tell(IReadOnlyCollection<Mapping> kept)
    {
        foreach (var mapping in kept)
        {
            alarms.Raise(AlarmKeyOf(mapping.FrontendPort), new Diagnostic
            {
                Id = DiagnosticIds.LastNodeKept,
                Severity = DiagnosticSeverity.Warning,
                Message = string.Create(
                    CultureInfo.InvariantCulture,
                    $"port {mapping.FrontendPort} ('{mapping.Name}'): nobody has called for its lease, but HAProxy's check says that its last node answers: it is kept for {LeasesAtMost} leases"),
                Hint = "see why its pod does not call; what is really gone may be deleted by a call",
            });
        }

        var ports = kept.Select(mapping => mapping.FrontendPort).ToHashSet();
        foreach (var port in _lastNodes.Except(ports))
        {
            alarms.Clear(AlarmKeyOf(port));
        }

        _lastNodes = ports;
    }

    private void Raise(string what) => alarms.Raise(AlarmKey, new Diagnostic
    {
        Id = DiagnosticIds.LeasesHeld,
        Severity = DiagnosticSeverity.Error,
        Message = $"{what}: until callers are heard again no node is taken out for its lease, but for those that have been silent for {LeasesAtMost} leases and are down",
        Hint = "see why callers do not reach the webhook: its certificate, its address, the network; what is really gone may be deleted by a call",
    });
}
