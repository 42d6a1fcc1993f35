using System.Diagnostics.Metrics;
using HaproxyKit.Control.Telemetry;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>What mappings tell by the means of .NET, beside <see cref="ControlTelemetry"/> and under the same name.</summary>
internal static class PhoneHomeTelemetry
{
    private static readonly Meter Meter = new(ControlTelemetry.SourceName, typeof(PhoneHomeTelemetry).Assembly.GetName().Version?.ToString(3));

    private static readonly Counter<long> HandEditCount = Meter.CreateCounter<long>(
        "haproxykit.mapping.hand_edits", "{edit}", "Mappings whose sections somebody has changed by hand, by what becomes of it.");

    internal static void RecordHandEdit(HandEdits fate) =>
        HandEditCount.Add(1, new KeyValuePair<string, object?>("haproxykit.hand_edit.fate", fate == HandEdits.Repair ? "repaired" : "respected"));
}
