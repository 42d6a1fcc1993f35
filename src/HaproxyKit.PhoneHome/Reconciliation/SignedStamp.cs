namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>The last signed call of a node.</summary>
/// <param name="SignedAt">When it was signed, by the caller's clock.</param>
/// <param name="SeenAt">When it came, by ours: what lies between is how far the clocks are apart.</param>
internal readonly record struct SignedStamp(DateTimeOffset SignedAt, DateTimeOffset SeenAt);
