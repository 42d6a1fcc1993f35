using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>
/// When each node's last signed call was signed, so that none is taken twice: what the journal says, which outlasts a restart and a
/// goodbye, and what has come since it was written. A call that changes something is in the journal before it is answered; one that changes
/// nothing only after the next flush.
/// </summary>
/// <remarks>
/// So a process that is killed may forget such calls of its last seconds. That opens no door: of a stamp from before this process began it is
/// taken that the caller, by its own clock, has signed on until this process began. Who is honest signs later than that; who sends again
/// what it has heard before the kill cannot. What the caller's clock says is taken from how late its calls come: a call that was long under
/// way makes that clock seem to be behind, so the quickest one counts, and one that is much quicker than what the journal knows is written
/// before it is answered.
/// </remarks>
internal sealed class SignedStamps(TimeProvider time)
{
    /// <summary>By how much later than the quickest one a call may come before it is its caller's clock that was set back.</summary>
    private static readonly TimeSpan LongestWay = TimeSpan.FromSeconds(2);

    /// <summary>By how much quicker than the journal knows a call may be without being written: no process ends and begins anew in so short a time.</summary>
    private static readonly TimeSpan ShortestRestart = TimeSpan.FromMilliseconds(50);

    private readonly DateTimeOffset _start = time.GetUtcNow();
    private readonly Lock _changing = new();
    private readonly Dictionary<SignedNode, SignedStamp> _news = [];
    private StoredState _stored = StoredState.Empty;
    private long _count;

    /// <summary>How many were taken by this process.</summary>
    internal long Count => Interlocked.Read(ref _count);

    /// <summary>Takes note of what the journal says.</summary>
    internal void Learn(StoredState stored)
    {
        lock (_changing)
        {
            _stored = stored;
        }
    }

    /// <summary>
    /// Whether a signed command is to be in the journal before it is answered: the first one of its node, and one after which a kill would let
    /// it be sent again, as what the journal tells of its caller's clock is too far behind.
    /// </summary>
    internal bool MustWrite(MappingCommand command)
    {
        if (command.SignedAt is not { } signedAt)
        {
            return false;
        }

        var (node, quickest) = (KeyOf(command), time.GetUtcNow() - signedAt + ShortestRestart);
        lock (_changing)
        {
            return !_stored.Signed.TryGetValue(node, out var stored) || quickest < stored.Delay
                || (_news.TryGetValue(node, out var news) && quickest < news.Delay);
        }
    }

    /// <summary>When a node's last signed call was signed, or null.</summary>
    internal DateTimeOffset? Find(string owner, int frontendPort, string? node)
    {
        lock (_changing)
        {
            return FindStamp(new SignedNode(owner, frontendPort, node))?.SignedAt;
        }
    }

    /// <summary>The refusal of a signed command that is not newer than the last one of its node, or null.</summary>
    internal MappingOutcome.Replayed? Refuse(MappingCommand command)
    {
        if (command.SignedAt is not { } signedAt)
        {
            return null;
        }

        lock (_changing)
        {
            return NewestOf(KeyOf(command)) is { } newest && signedAt <= newest ? new MappingOutcome.Replayed { LastSignedAt = newest } : null;
        }
    }

    /// <summary>Takes a signed command: from now on an older one is refused.</summary>
    /// <returns>The refusal, or null where it was taken.</returns>
    internal MappingOutcome.Replayed? Take(MappingCommand command)
    {
        if (command.SignedAt is not { } signedAt)
        {
            return null;
        }

        lock (_changing)
        {
            var refusal = Refuse(command);
            if (refusal is null)
            {
                var node = KeyOf(command);
                var delay = time.GetUtcNow() - signedAt;
                var known = FindStamp(node)?.Delay ?? delay;
                _news[node] = new SignedStamp(signedAt, delay > known && delay - known <= LongestWay ? known : delay);
                Interlocked.Increment(ref _count);
            }

            return refusal;
        }
    }

    /// <summary>What the journal does not have yet.</summary>
    internal IReadOnlyList<StoredStamp> News()
    {
        lock (_changing)
        {
            return [.. _news.Select(pair => StoredStamp.Of(pair.Key, pair.Value))];
        }
    }

    /// <summary>Takes note of what was written.</summary>
    internal void Forget(IEnumerable<StoredStamp> written)
    {
        lock (_changing)
        {
            foreach (var stamp in written.Where(stamp => _news.TryGetValue(stamp.Key, out var newest) && StoredStamp.Of(stamp.Key, newest) == stamp))
            {
                _news.Remove(stamp.Key);
            }
        }
    }

    private DateTimeOffset? NewestOf(SignedNode node)
    {
        DateTimeOffset? known = _stored.Signed.TryGetValue(node, out var stamp)
            ? stamp.SeenAt < _start ? _start - stamp.Delay : stamp.SignedAt
            : _stored.ForgottenUntil;
        return _news.TryGetValue(node, out var news) && (known is null || news.SignedAt > known) ? news.SignedAt : known;
    }

    private SignedStamp? FindStamp(SignedNode node) => _news.TryGetValue(node, out var stamp) || _stored.Signed.TryGetValue(node, out stamp) ? stamp : null;

    private static SignedNode KeyOf(MappingCommand command) => new(command.Owner, command.FrontendPort, command.Node);
}
