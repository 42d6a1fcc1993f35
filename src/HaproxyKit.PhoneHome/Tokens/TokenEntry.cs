namespace HaproxyKit.PhoneHome.Tokens;

/// <summary>
/// One token as it is configured: an id, and exactly one of its secret, the secret's hash, or a file that holds it.
/// </summary>
public sealed class TokenEntry
{
    /// <summary>
    /// The token's id, which owns what is mapped with it: letters, digits, <c>_</c>, <c>.</c> and <c>-</c>, 63 at
    /// most.
    /// </summary>
    public string Id { get; set; } = "";

    /// <summary>The secret itself: 16 characters or more of printable ASCII without blanks.</summary>
    public string? Secret { get; set; }

    /// <summary>The SHA-256 of the secret's bytes, as 64 hexadecimal digits.</summary>
    public string? Sha256 { get; set; }

    /// <summary>A file whose text is the secret; line ends and blanks around it do not count.</summary>
    public string? SecretFile { get; set; }
}
