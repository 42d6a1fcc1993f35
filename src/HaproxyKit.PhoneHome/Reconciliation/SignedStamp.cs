namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>The last signed call of a node.</summary>
/// <param name="SignedAt">When it was signed, by the caller's clock.</param>
/// <param name="Delay">How much later that is by our clock: how far the clocks are apart, and as little as may be of the call's way.</param>
internal readonly record struct SignedStamp(DateTimeOffset SignedAt, TimeSpan Delay)
{
    /// <summary>When it came, by ours.</summary>
    internal DateTimeOffset SeenAt => SignedAt + Delay;
}
