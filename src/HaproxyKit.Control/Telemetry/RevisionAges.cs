using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace HaproxyKit.Control.Telemetry;

/// <summary>For how long each HAProxy has served its revision. An age grows by itself, so it is computed when it is asked for.</summary>
internal sealed class RevisionAges
{
    private readonly ConcurrentDictionary<ServerPlace, (TimeProvider Time, DateTimeOffset Since)> revisions = new();

    internal RevisionAges(Meter meter) => meter.CreateObservableGauge(
        "haproxykit.revision.age", Observe, "s", "For how long the revision that HAProxy serves has been the one.");

    internal void Set(ServerPlace place, TimeProvider time, DateTimeOffset since) => revisions[place] = (time, since);

    internal void Remove(ServerPlace place) => revisions.TryRemove(place, out _);

    private IEnumerable<Measurement<double>> Observe() => revisions.Select(pair =>
    {
        var tags = default(TagList);
        pair.Key.AddTo(ref tags);
        return new Measurement<double>(Math.Max(0, (pair.Value.Time.GetUtcNow() - pair.Value.Since).TotalSeconds), in tags);
    });
}
