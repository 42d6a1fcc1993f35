namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>The last signed call of a node as it stands in the journal; times are milliseconds since 1970.</summary>
internal sealed record StoredStamp
{
    public required string Owner { get; init; }

    public required int Port { get; init; }

    public string? Node { get; init; }

    public required long SignedAt { get; init; }

    public required long SeenAt { get; init; }

    internal SignedNode Key => new(Owner, Port, Node);

    internal SignedStamp Stamp => new(DateTimeOffset.FromUnixTimeMilliseconds(SignedAt), DateTimeOffset.FromUnixTimeMilliseconds(SeenAt));

    internal bool IsSound => IsTime(SignedAt) && IsTime(SeenAt);

    internal static StoredStamp Of(SignedNode node, SignedStamp stamp) => new()
    {
        Owner = node.Owner,
        Port = node.FrontendPort,
        Node = node.Node,
        SignedAt = stamp.SignedAt.ToUnixTimeMilliseconds(),
        SeenAt = stamp.SeenAt.ToUnixTimeMilliseconds(),
    };

    private static bool IsTime(long milliseconds) =>
        milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
}
