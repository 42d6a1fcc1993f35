namespace HaproxyKit.PhoneHome.Contract;

/// <summary>The headers in which a token, or a signature made with it, travels.</summary>
public static class PhoneHomeHeaders
{
    /// <summary>
    /// The incumbent's header; its value is the token. Ours is <c>Authorization: Bearer</c>; both are taken on every
    /// path.
    /// </summary>
    public const string IncumbentToken = "X-Funkypenguin-Token";

    /// <summary>Of a signed call: the id of the token whose key signed it.</summary>
    public const string TokenId = "HaproxyKit-Token-Id";

    /// <summary>Of a signed call: when it was signed, in milliseconds since 1970-01-01 UTC, in plain digits.</summary>
    public const string Timestamp = "HaproxyKit-Timestamp";

    /// <summary>Of a signed call: the <c>node</c> of its body; left out, or empty, where the body has none.</summary>
    public const string Node = "HaproxyKit-Node";

    /// <summary>
    /// Of a signed call: the signature, 64 hexadecimal digits. Where it stands, no token in another header counts.
    /// </summary>
    public const string Signature = "HaproxyKit-Signature";
}
