using HaproxyKit.PhoneHome.Mappings;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>
/// Finds mappings that nobody declared, and that have had no node for long. What counts is when it was seen, by a clock that cannot be set; after a
/// restart it counts anew.
/// </summary>
internal sealed class ClosedWatch(TimeProvider time, TimeSpan closedFor)
{
    private Dictionary<int, long> _closed = [];

    /// <summary>Whether one of them has been closed for so long that it is worth a reload to be rid of it, and of all others.</summary>
    internal bool Look(IEnumerable<Mapping> mappings)
    {
        var now = time.GetTimestamp();
        _closed = mappings.Where(mapping => mapping is { IsClosed: true, IsDeclared: false })
            .ToDictionary(mapping => mapping.FrontendPort, mapping => _closed.GetValueOrDefault(mapping.FrontendPort, now));
        return _closed.Values.Any(since => time.GetElapsedTime(since, now) >= closedFor);
    }
}
