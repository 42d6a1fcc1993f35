using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Policy;

/// <summary>
/// Remembers for each owner, mapping and node when its last signed call was signed, so that none is taken twice. What the
/// mappings themselves tell counts too, as it survives a restart.
/// </summary>
/// <param name="time">By which old memories are dropped where there are too many.</param>
/// <param name="maxClockSkew">How old a signature may be: what is older need not be remembered.</param>
internal sealed class SignedCalls(TimeProvider time, TimeSpan maxClockSkew)
{
    internal const int Capacity = 16384;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock changing = new();
    private readonly Dictionary<(string Owner, int Port, string? Node), DateTimeOffset> last = [];

    internal int Count => last.Count;

    /// <summary>Takes a signed command, or refuses it.</summary>
    /// <param name="command">The command; one that is not signed is let pass.</param>
    /// <param name="mappings">The mappings that are there.</param>
    /// <returns>Null where it is taken.</returns>
    internal MappingOutcome? Refuse(MappingCommand command, MappingIndex mappings)
    {
        if (command.SignedAt is not { } signedAt)
        {
            return null;
        }

        // By owner too: another one's call for this port will be a conflict, and must not make its owner's calls old.
        var key = (command.Owner, command.FrontendPort, command.Node);
        var told = mappings[command.FrontendPort]?.Owner == command.Owner
            ? mappings.Find(command.FrontendPort, command.Node)?.SignedAt
            : null;
        lock (changing)
        {
            var isKnown = last.TryGetValue(key, out var remembered);
            var newest = isKnown && (told is null || remembered > told) ? remembered : told;
            if (signedAt <= newest)
            {
                return new MappingOutcome.Replayed { LastSignedAt = newest.Value };
            }

            if (!isKnown && last.Count >= Capacity && !DropOld())
            {
                return new MappingOutcome.Busy { RetryAfter = Pause };
            }

            last[key] = signedAt;
            return null;
        }
    }

    /// <summary>Drops what its age alone would have refused. Nothing else is dropped: it could be sent again.</summary>
    private bool DropOld()
    {
        var oldest = time.GetUtcNow() - maxClockSkew;
        foreach (var (key, at) in last)
        {
            if (at < oldest)
            {
                last.Remove(key);
            }
        }

        return last.Count < Capacity;
    }
}
