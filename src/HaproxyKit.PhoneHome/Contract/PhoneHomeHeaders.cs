namespace HaproxyKit.PhoneHome.Contract;

/// <summary>The headers in which a token may travel.</summary>
public static class PhoneHomeHeaders
{
    /// <summary>
    /// The incumbent's header; its value is the token. Ours is <c>Authorization: Bearer</c>; both are taken on every
    /// path.
    /// </summary>
    public const string IncumbentToken = "X-Funkypenguin-Token";
}
