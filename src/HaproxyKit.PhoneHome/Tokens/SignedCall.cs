namespace HaproxyKit.PhoneHome.Tokens;

/// <summary>A signed call as it arrived; nothing of it has been judged.</summary>
public sealed record SignedCall
{
    /// <summary>The id of the token that is said to have signed it.</summary>
    public required string TokenId { get; init; }

    /// <summary>When it was signed, as it stands in its header.</summary>
    public required string Timestamp { get; init; }

    /// <summary>The signature, as it stands in its header.</summary>
    public required string Signature { get; init; }

    /// <summary>The node for which it was signed, as it stands in its header, or null.</summary>
    public string? Node { get; init; }

    /// <summary>The method.</summary>
    public required string Method { get; init; }

    /// <summary>The path, with the query, as it stands in the request.</summary>
    public required string Target { get; init; }

    /// <summary>The bytes of the body.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }
}
