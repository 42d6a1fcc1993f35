namespace HaproxyKit.PhoneHome.Tokens;

/// <summary>What a valid token grants to the call that presents it.</summary>
/// <param name="Owner">The token's id: the owner of what the call maps.</param>
public sealed record TokenGrant(string Owner);
