using System.Globalization;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>
/// Stops expiry where silence says more of the road to us than of the nodes: more than half of all leases lapse at once, or nobody at all has
/// called for a lease, as when a certificate has expired. Whoever says goodbye goes all the same.
/// </summary>
internal sealed class LeaseBrake(AlarmBoard alarms)
{
    internal const string AlarmKey = "phone-home leases";

    /// <summary>The lapses that may be carried out.</summary>
    /// <param name="due">What is due at this look.</param>
    /// <param name="mappings">The wanted mappings.</param>
    /// <param name="leases">How many leases there are.</param>
    /// <param name="silence">How long nobody at all has called.</param>
    internal IReadOnlyList<MappingIntent.Lapse> Release(
        IReadOnlyList<MappingIntent.Lapse> due, DesiredMappings mappings, int leases, TimeSpan silence)
    {
        if (due.Count > 0 && 2 * due.Count > leases)
        {
            Raise(string.Create(CultureInfo.InvariantCulture, $"{due.Count} of {leases} leases have lapsed at once"));
            return [];
        }

        var released = due.Where(lapse => mappings[lapse.FrontendPort] is not { } mapping || silence <= mapping.Lease).ToList();
        if (released.Count < due.Count)
        {
            Raise("nobody at all has called for as long as a lease");
        }
        else
        {
            alarms.Clear(AlarmKey);
        }

        return released;
    }

    private void Raise(string what) => alarms.Raise(AlarmKey, new Diagnostic
    {
        Id = DiagnosticIds.LeasesHeld,
        Severity = DiagnosticSeverity.Error,
        Message = $"{what}: no node is taken out for its lease until callers are heard again",
        Hint = "see why callers do not reach the webhook: its certificate, its address, the network; what is really gone may be deleted by a call",
    });
}
