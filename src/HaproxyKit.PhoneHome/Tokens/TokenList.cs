namespace HaproxyKit.PhoneHome.Tokens;

/// <summary>What a file of tokens holds.</summary>
internal sealed record TokenList
{
    /// <summary>The tokens.</summary>
    public IReadOnlyList<TokenEntry?>? Tokens { get; init; }
}
