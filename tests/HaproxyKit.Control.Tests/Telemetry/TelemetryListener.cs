using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using HaproxyKit.Control.Telemetry;

namespace HaproxyKit.Control.Tests.Telemetry;

/// <summary>Keeps what this library's meter and source of activities tell while it lives, of all tests that run meanwhile.</summary>
internal sealed class TelemetryListener : IDisposable
{
    private readonly MeterListener meter = new();
    private readonly ActivityListener activities;

    internal TelemetryListener()
    {
        meter.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == ControlTelemetry.SourceName)
                listener.EnableMeasurementEvents(instrument);
        };
        meter.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        meter.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        meter.Start();
        activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ControlTelemetry.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = Activities.Enqueue,
        };
        ActivitySource.AddActivityListener(activities);
    }

    internal ConcurrentQueue<Activity> Activities { get; } = new();

    internal ConcurrentQueue<(string Instrument, double Value, IReadOnlyDictionary<string, string> Tags)> Measurements { get; } = new();

    /// <summary>The measurements of one instrument that have a tag.</summary>
    internal List<(double Value, IReadOnlyDictionary<string, string> Tags)> Of(string instrument, string tag, string value) =>
    [
        .. Measurements.Where(m => m.Instrument == instrument && m.Tags.GetValueOrDefault(tag) == value).Select(m => (m.Value, m.Tags)),
    ];

    /// <summary>Asks the gauges that are computed when they are asked for.</summary>
    internal void Collect() => meter.RecordObservableInstruments();

    /// <summary>Everything that was told, as text.</summary>
    internal string AllText() => string.Join('\n', Measurements.Select(m => $"{m.Instrument} {string.Join(' ', m.Tags)}")
        .Concat(Activities.Select(a => $"{a.DisplayName} {a.StatusDescription} {string.Join(' ', a.TagObjects)} {string.Join(' ', a.Events.SelectMany(e => e.Tags))}")));

    public void Dispose()
    {
        meter.Dispose();
        activities.Dispose();
    }

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var kept = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, tag) in tags)
            kept[name] = $"{tag}";
        Measurements.Enqueue((instrument.Name, value, kept));
    }
}
