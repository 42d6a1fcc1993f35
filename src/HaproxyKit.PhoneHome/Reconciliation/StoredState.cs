using System.Collections.Immutable;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>What a journal says.</summary>
internal sealed record StoredState
{
    /// <summary>
    /// How long the stamp of a node that is gone is kept: a signature is refused for its age alone after an hour at most, and clocks may be set
    /// back by one.
    /// </summary>
    internal static readonly TimeSpan TombstoneAge = TimeSpan.FromHours(2);

    /// <summary>How many stamps of nodes that are gone are kept at most.</summary>
    internal const int MaxTombstones = 16384;

    internal static StoredState Empty { get; } = new();

    /// <summary>The wanted mappings.</summary>
    internal DesiredMappings Mappings { get; init; } = DesiredMappings.Empty;

    /// <summary>The ports whose mappings were deleted: one that still stands in HAProxy's file is not to come back from there.</summary>
    internal ImmutableHashSet<int> Gone { get; init; } = [];

    /// <summary>The last signed call of each node, also of such as are gone.</summary>
    internal ImmutableDictionary<SignedNode, SignedStamp> Signed { get; init; } = ImmutableDictionary<SignedNode, SignedStamp>.Empty;

    /// <summary>
    /// The newest signature of those that were forgotten because there were too many: of a node of which nothing is known, nothing that is not
    /// newer is taken. Null where none was.
    /// </summary>
    internal DateTimeOffset? ForgottenUntil { get; init; }

    /// <summary>The ports whose mappings' sections stay as somebody has edited them.</summary>
    internal ImmutableHashSet<int> Edited { get; init; } = [];

    internal StoredState Apply(StoredLine line) =>
        line.Set?.FrontendPort is { } port ? this with { Mappings = Mappings.With(line.Set.ToMapping()), Gone = Gone.Remove(port) }
        : line.Gone is { } gone ? this with { Mappings = Mappings.Without(gone), Gone = Gone.Add(gone), Edited = Edited.Remove(gone) }
        : line.Signed is { } signed ? With(signed)
        : line.ForgottenUntil is >= 0 and { } until && until <= DateTimeOffset.MaxValue.UtcTicks ? this with { ForgottenUntil = new DateTimeOffset(until, TimeSpan.Zero) }
        : line.Edited is { } edited ? this with { Edited = Edited.Add(edited) }
        : line.Unedited is { } unedited ? this with { Edited = Edited.Remove(unedited) }
        : this;

    /// <summary>Without the stamps of nodes that are gone and need not be remembered any more.</summary>
    internal StoredState Forget(DateTimeOffset now)
    {
        var nodes = Mappings.All.SelectMany(mapping => mapping.Nodes.Select(node => new SignedNode(mapping.Owner, mapping.FrontendPort, node.Node))).ToHashSet();
        var tombstones = Signed.Where(pair => !nodes.Contains(pair.Key)).OrderByDescending(pair => pair.Value.SignedAt).ToList();
        var surplus = tombstones.Skip(MaxTombstones).ToList();
        var old = tombstones.Take(MaxTombstones).Where(pair => pair.Value.SignedAt < now - TombstoneAge);
        var forgottenUntil = surplus is [var newest, ..] && (ForgottenUntil is null || newest.Value.SignedAt > ForgottenUntil) ? newest.Value.SignedAt : ForgottenUntil;
        return this with
        {
            Signed = Signed.RemoveRange(surplus.Concat(old).Select(pair => pair.Key).ToList()),
            ForgottenUntil = forgottenUntil < now - TombstoneAge ? null : forgottenUntil,
        };
    }

    private StoredState With(StoredStamp stamp) =>
        stamp.IsSound && (!Signed.TryGetValue(stamp.Key, out var known) || known.SignedAt < stamp.Stamp.SignedAt)
            ? this with { Signed = Signed.SetItem(stamp.Key, stamp.Stamp) }
            : this;
}
