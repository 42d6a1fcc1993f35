namespace HaproxyKit.PhoneHome.Tokens;

/// <summary>What a valid token grants to the call that presents it.</summary>
public sealed record TokenGrant
{
    /// <summary>The token's id.</summary>
    public required string TokenId { get; init; }

    /// <summary>The owner of what the call maps. Several tokens may have one owner.</summary>
    public required string Owner { get; init; }

    /// <summary>What the token may map.</summary>
    public required TokenScope Scope { get; init; }

    /// <summary>How much its owner may have.</summary>
    public required TokenQuota Quota { get; init; }

    /// <summary>When the call was signed, by the caller's clock, or null where it is not signed.</summary>
    public DateTimeOffset? SignedAt { get; init; }
}
