namespace HaproxyKit.PhoneHome.Tokens;

/// <summary>
/// One token as it is configured: an id, who owns what it maps, its secret or what was made of it, and what it may do.
/// <c>haproxykit token new</c> makes one.
/// </summary>
/// <remarks>
/// The secret is told in exactly one way: <see cref="Secret"/>, <see cref="SecretFile"/>, or what was made of it:
/// <see cref="Sha256"/> with or without <see cref="SigningKey"/>, or that alone. Only hash and key are kept.
/// </remarks>
public sealed class TokenEntry
{
    /// <summary>
    /// The token's id, which stands in logs: letters, digits, <c>_</c>, <c>.</c> and <c>-</c>, 63 at most.
    /// </summary>
    public string Id { get; set; } = "";

    /// <summary>
    /// Who owns what is mapped with it, written like an id. To replace a token without losing its mappings, give the
    /// new one the same owner, and take the old one away when nobody uses it any more.
    /// </summary>
    /// <value>Null: the owner is named like <see cref="Id"/>.</value>
    public string? Owner { get; set; }

    /// <summary>The secret itself: 16 characters or more of printable ASCII without blanks.</summary>
    public string? Secret { get; set; }

    /// <summary>The SHA-256 of the secret's bytes, as 64 hexadecimal digits. It suffices for no call.</summary>
    public string? Sha256 { get; set; }

    /// <summary>
    /// The key of signed calls (<see cref="RequestSignature"/>), as 64 hexadecimal digits. Whoever reads it can sign;
    /// leave it out where nobody does. Without <see cref="Sha256"/> beside it the token serves signed calls alone.
    /// </summary>
    public string? SigningKey { get; set; }

    /// <summary>A file whose text is the secret; line ends and blanks around it do not count.</summary>
    public string? SecretFile { get; set; }

    /// <summary>From when on the token is valid.</summary>
    /// <value>Null: from ever.</value>
    public DateTimeOffset? NotBefore { get; set; }

    /// <summary>From when on the token is no longer valid.</summary>
    /// <value>Null: it stays valid.</value>
    public DateTimeOffset? Expires { get; set; }

    /// <summary>The frontend ports that it may map: ports and ranges with commas between.</summary>
    /// <value><c>1-65535</c>; <c>PhoneHome:Policy</c> bounds it further.</value>
    public string FrontendPorts { get; set; } = "1-65535";

    /// <summary>The names that it may map, with commas between; <c>*</c> stands for any characters.</summary>
    /// <value><c>*</c></value>
    public string Names { get; set; } = "*";

    /// <summary>
    /// The networks in which its nodes are, with commas between. They bound what <c>PhoneHome:Policy</c> allows, and
    /// never widen it.
    /// </summary>
    /// <value>Empty: all that the policy allows.</value>
    public string NodeNetworks { get; set; } = "";

    /// <summary>
    /// The balancer's addresses on which its mappings may listen, with commas between; <c>0.0.0.0</c> stands for all of IPv4, <c>::</c> for
    /// all of IPv6. Each call that adds a node has to ask for one of them, since one that asks for none listens where mappings do anyway. They
    /// bound what <c>PhoneHome:Policy:AllowedBindAddresses</c> allows, and never widen it.
    /// </summary>
    /// <value>Empty: all that the policy allows, and calls need not ask for one.</value>
    public string BindAddresses { get; set; } = "";

    /// <summary>
    /// What it may ask for, with commas between: <c>add</c>, <c>delete</c>, and <c>list</c> for its owner's mappings.
    /// </summary>
    /// <value><c>add,delete,list</c></value>
    public string Actions { get; set; } = "add,delete,list";

    /// <summary>How many mappings its owner may have, 0 to 65535.</summary>
    /// <value>16</value>
    public int MaxMappings { get; set; } = TokenQuota.Default.MaxMappings;

    /// <summary>How many nodes one mapping may have, 0 to 65535.</summary>
    /// <value>8</value>
    public int MaxNodes { get; set; } = TokenQuota.Default.MaxNodes;

    /// <summary>How many frontends may be made for its owner within an hour, 0 to 65535; each may cost a reload.</summary>
    /// <value>32</value>
    public int NewFrontendsPerHour { get; set; } = TokenQuota.Default.NewFrontendsPerHour;

    /// <summary>True where only signed calls are taken: a header with the bare token could be replayed.</summary>
    /// <value>False.</value>
    public bool RequireSignature { get; set; }
}
