using HaproxyKit.PhoneHome.Mappings;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>
/// Finds nodes whose callers have been silent for their lease. What counts is when a new call was seen, by a clock that cannot be set; so a
/// clock that jumps lapses nothing, and after a restart everybody has one full lease.
/// </summary>
internal sealed class LeaseWatch(TimeProvider time)
{
    private Dictionary<(int Port, string? Node), (long? Call, long SeenAt)> _seen = [];
    private long? _lastNews;

    /// <summary>How many leases there were at the last look.</summary>
    internal int Count => _seen.Count;

    /// <summary>How long nobody at all has called, as far as the looks have seen. The first look cannot tell which calls are new; it counts from itself.</summary>
    internal TimeSpan Silence => _lastNews is { } last ? time.GetElapsedTime(last) : TimeSpan.Zero;

    /// <summary>The nodes that are due at this look.</summary>
    /// <param name="mappings">The wanted mappings.</param>
    /// <param name="lastCall">The number of a node's last call, which changes with each.</param>
    internal IReadOnlyList<MappingIntent.Lapse> Look(IEnumerable<Mapping> mappings, Func<int, string?, long?> lastCall)
    {
        var isFirst = _lastNews is null;
        _lastNews ??= time.GetTimestamp();
        var due = new List<MappingIntent.Lapse>();
        var seen = new Dictionary<(int, string?), (long?, long)>();
        foreach (var (mapping, node) in mappings.SelectMany(mapping => mapping.Nodes.Select(node => (mapping, node.Node))))
        {
            var key = (mapping.FrontendPort, node);
            var call = lastCall(mapping.FrontendPort, node);
            var isNews = !_seen.TryGetValue(key, out var last) || last.Call != call;
            var seenAt = isNews ? time.GetTimestamp() : last.SeenAt;
            seen[key] = (call, seenAt);
            if (isNews && call is not null && !isFirst)
            {
                _lastNews = seenAt;
            }

            if (time.GetElapsedTime(seenAt) is var silence && silence > mapping.Lease)
            {
                due.Add(new MappingIntent.Lapse(mapping.FrontendPort, node, call, silence));
            }
        }

        _seen = seen;
        return due;
    }
}
