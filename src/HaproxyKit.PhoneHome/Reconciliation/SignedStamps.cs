using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>
/// When each node's last signed call was signed, so that none is taken twice (rule 21): what the journal says, which outlasts a restart and a
/// goodbye, and what has come since it was written. A call that changes something is in the journal before it is answered; one that changes
/// nothing only after the next flush.
/// </summary>
/// <remarks>
/// So a process that is killed may forget such calls of its last seconds. That opens no door: of a stamp from before this process began it is
/// taken that the caller, by its own clock, has signed on until this process began. Who is honest signs later than that; who sends again
/// what it has heard before the kill cannot.
/// </remarks>
internal sealed class SignedStamps(TimeProvider time)
{
    private readonly DateTimeOffset _start = time.GetUtcNow();
    private readonly Lock _changing = new();
    private readonly Dictionary<SignedNode, SignedStamp> _news = [];
    private StoredState _stored = StoredState.Empty;
    private long _count;

    /// <summary>How many were taken by this process.</summary>
    internal long Count => Interlocked.Read(ref _count);

    /// <summary>Takes note of what the journal says.</summary>
    internal void Learn(StoredState stored) => Volatile.Write(ref _stored, stored);

    /// <summary>Whether the journal has a stamp of the command's node: the first one is written before it is answered.</summary>
    internal bool IsWritten(MappingCommand command) => Volatile.Read(ref _stored).Signed.ContainsKey(KeyOf(command));

    /// <summary>When a node's last signed call was signed, or null.</summary>
    internal DateTimeOffset? Find(string owner, int frontendPort, string? node)
    {
        lock (_changing)
        {
            return _news.TryGetValue(new SignedNode(owner, frontendPort, node), out var stamp)
                || Volatile.Read(ref _stored).Signed.TryGetValue(new SignedNode(owner, frontendPort, node), out stamp)
                    ? stamp.SignedAt
                    : null;
        }
    }

    /// <summary>The refusal of a signed command that is not newer than the last one of its node, or null.</summary>
    internal MappingOutcome.Replayed? Refuse(MappingCommand command)
    {
        lock (_changing)
        {
            return command.SignedAt is { } signedAt && NewestOf(KeyOf(command)) is { } newest && signedAt <= newest
                ? new MappingOutcome.Replayed { LastSignedAt = newest }
                : null;
        }
    }

    /// <summary>Takes a signed command: from now on an older one is refused.</summary>
    /// <returns>The refusal, or null where it was taken.</returns>
    internal MappingOutcome.Replayed? Take(MappingCommand command)
    {
        lock (_changing)
        {
            var refusal = Refuse(command);
            if (refusal is null && command.SignedAt is { } signedAt)
            {
                _news[KeyOf(command)] = new SignedStamp(signedAt, time.GetUtcNow());
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
        var stored = Volatile.Read(ref _stored);
        DateTimeOffset? known = stored.Signed.TryGetValue(node, out var stamp)
            ? stamp.SeenAt < _start ? stamp.SignedAt + (_start - stamp.SeenAt) : stamp.SignedAt
            : stored.ForgottenUntil;
        return _news.TryGetValue(node, out var news) && (known is null || news.SignedAt > known) ? news.SignedAt : known;
    }

    private static SignedNode KeyOf(MappingCommand command) => new(command.Owner, command.FrontendPort, command.Node);
}
