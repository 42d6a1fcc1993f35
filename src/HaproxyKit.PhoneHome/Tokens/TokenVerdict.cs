namespace HaproxyKit.PhoneHome.Tokens;

/// <summary>What became of a call's token.</summary>
/// <param name="Grant">What the token grants, or null where the call has none.</param>
/// <param name="Problem">
/// Why a caller that does hold a valid token is refused, as one sentence that it may read; otherwise null, so that an
/// unknown token, a wrong one and one that has expired are not told apart.
/// </param>
public readonly record struct TokenVerdict(TokenGrant? Grant, string? Problem = null);
