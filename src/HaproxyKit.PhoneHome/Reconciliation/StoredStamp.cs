namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>The last signed call of a node as it stands in the journal; times are ticks of UTC, so that a stamp is read as it came.</summary>
internal sealed record StoredStamp
{
    public required string Owner { get; init; }

    public required int Port { get; init; }

    public string? Node { get; init; }

    public required long SignedAt { get; init; }

    public required long SeenAt { get; init; }

    internal SignedNode Key => new(Owner, Port, Node);

    internal SignedStamp Stamp => new(new DateTimeOffset(SignedAt, TimeSpan.Zero), new TimeSpan(SeenAt - SignedAt));

    internal bool IsSound => IsTime(SignedAt) && IsTime(SeenAt);

    internal static StoredStamp Of(SignedNode node, SignedStamp stamp) => new()
    {
        Owner = node.Owner,
        Port = node.FrontendPort,
        Node = node.Node,
        SignedAt = stamp.SignedAt.UtcTicks,
        SeenAt = stamp.SeenAt.UtcTicks,
    };

    private static bool IsTime(long ticks) => ticks >= DateTimeOffset.MinValue.UtcTicks && ticks <= DateTimeOffset.MaxValue.UtcTicks;
}
