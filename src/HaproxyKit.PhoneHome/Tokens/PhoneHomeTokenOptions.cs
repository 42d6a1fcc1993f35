namespace HaproxyKit.PhoneHome.Tokens;

/// <summary>The tokens that the webhook knows.</summary>
public sealed class PhoneHomeTokenOptions
{
    /// <summary>The configuration section, which holds the list <c>Tokens</c>.</summary>
    public const string SectionName = "PhoneHome";

    /// <summary>The tokens. There must be at least one; ids and secrets differ.</summary>
    /// <value>Empty.</value>
    public IList<TokenEntry> Tokens { get; } = [];
}
