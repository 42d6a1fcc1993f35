using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Mappings;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>
/// The mappings that HAProxy refuses though nobody wants anything new of them: they stay wanted and are left out, so that all others go on. One
/// is tried again as soon as it, the file or HAProxy has changed; one whose port another program has taken at every pass, since nothing tells
/// when the port is free again; and each after a while, since not all that HAProxy refuses for is in its file.
/// </summary>
internal sealed class Quarantine(EventLog events, TimeProvider time)
{
    /// <summary>How long its own callers are answered from memory before it is tried for them again.</summary>
    private static readonly TimeSpan CallersPause = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly Dictionary<int, Held> _held = [];
    private string? _revision;
    private int? _workerPid;
    private bool _isHaproxyNew;
    private IReadOnlyDictionary<int, string> _reasons = new Dictionary<int, string>();

    /// <summary>Whether any mapping is held.</summary>
    internal bool IsEmpty => _held.Count == 0;

    /// <summary>Why each one is held, by port; may be asked at any time.</summary>
    internal IReadOnlyDictionary<int, string> Reasons => Volatile.Read(ref _reasons);

    /// <summary>What stays left out of a pass: by port, what its callers are told.</summary>
    /// <param name="wanted">The wanted mappings.</param>
    /// <param name="revision">The content hash of the file as it stands.</param>
    /// <param name="isCalled">Whether a caller of a mapping waits.</param>
    internal Dictionary<int, MappingOutcome> Begin(DesiredMappings wanted, string revision, Func<int, bool> isCalled)
    {
        foreach (var port in _held.Keys.Where(port => wanted[port] is null).ToList())
        {
            _held.Remove(port);
        }

        var isNew = _isHaproxyNew || !string.Equals(revision, _revision, StringComparison.Ordinal);
        _isHaproxyNew = false;
        Publish();
        return isNew ? [] : _held
            .Where(pair => pair.Value.Mapping.Equals(wanted[pair.Key]) && !IsDue(pair.Value, isCalled(pair.Key)))
            .ToDictionary(pair => pair.Key, pair => pair.Value.Refusal);
    }

    /// <summary>Takes in a mapping that HAProxy refuses.</summary>
    /// <returns>Whether it is news.</returns>
    internal bool Add(Mapping mapping, MappingOutcome refusal, string reason)
    {
        var isNews = !_held.TryGetValue(mapping.FrontendPort, out var known) || !string.Equals(known.Reason, reason, StringComparison.Ordinal);
        _held[mapping.FrontendPort] = new Held(mapping, refusal, reason, time.GetTimestamp());
        Publish();
        if (isNews)
        {
            events.Add(MappingEvents.Of(mapping, PhoneHomeEventKind.Quarantined) with { Message = reason });
        }

        return isNews;
    }

    /// <summary>Lets go what is served again, and remembers under what the others were refused.</summary>
    /// <param name="served">What HAProxy serves now.</param>
    /// <param name="revision">The content hash of the file that says so.</param>
    /// <param name="workerPid">Who serves it.</param>
    /// <param name="isReloaded">Whether that worker is of our own reload.</param>
    internal void End(DesiredMappings served, string revision, int? workerPid, bool isReloaded)
    {
        foreach (var (port, held) in _held.Where(pair => served[pair.Key] is not null).ToList())
        {
            _held.Remove(port);
            events.Add(MappingEvents.Of(held.Mapping, PhoneHomeEventKind.Released) with { Revision = revision });
        }

        _isHaproxyNew |= _workerPid is not null && workerPid != _workerPid && !isReloaded;
        (_revision, _workerPid) = (revision, workerPid);
        Publish();
    }

    /// <summary>The mappings without those that are held, but for one that is asked about.</summary>
    internal DesiredMappings Without(DesiredMappings mappings, int exceptPort) =>
        Reasons.Keys.Where(port => port != exceptPort).Aggregate(mappings, static (left, port) => left.Without(port));

    private bool IsDue(Held held, bool isCalled)
    {
        var pause = time.GetElapsedTime(held.TriedAt);
        return held.Refusal is MappingOutcome.Conflict || pause >= LongestPause || (isCalled && pause >= CallersPause);
    }

    private void Publish()
    {
        if (_held.Count > 0 || _reasons.Count > 0)
        {
            Volatile.Write(ref _reasons, _held.ToDictionary(pair => pair.Key, pair => pair.Value.Reason));
        }
    }

    private sealed record Held(Mapping Mapping, MappingOutcome Refusal, string Reason, long TriedAt);
}
