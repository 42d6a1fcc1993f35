using System.Security.Cryptography;
using System.Text;

namespace HaproxyKit.PhoneHome.Tokens;

/// <summary>One token that can be presented.</summary>
internal sealed class Token
{
    private readonly DateTimeOffset notBefore;
    private readonly DateTimeOffset expires;

    private Token(TokenEntry entry, TokenSecret secret, TokenScope scope)
    {
        notBefore = entry.NotBefore ?? DateTimeOffset.MinValue;
        expires = entry.Expires ?? DateTimeOffset.MaxValue;
        IsPlain = secret.Hash is not null;
        Hash = secret.Hash ?? RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);
        IdHash = SHA256.HashData(Encoding.UTF8.GetBytes(entry.Id));
        SigningKey = secret.SigningKey;
        RequiresSignature = entry.RequireSignature || !IsPlain;
        Grant = new TokenGrant
        {
            TokenId = entry.Id,
            Owner = entry.Owner ?? entry.Id,
            Scope = scope,
            Quota = new TokenQuota(entry.MaxMappings, entry.MaxNodes, entry.NewFrontendsPerHour),
        };
    }

    internal TokenGrant Grant { get; }

    /// <summary>The hash of the secret; of a token without one, bytes that are the hash of nothing known.</summary>
    internal byte[] Hash { get; }

    internal byte[] IdHash { get; }

    internal byte[]? SigningKey { get; }

    internal bool RequiresSignature { get; }

    /// <summary>Whether the secret's own hash is known, so that two tokens of one secret can be told.</summary>
    internal bool IsPlain { get; }

    internal bool IsValidAt(DateTimeOffset now) => now >= notBefore && now < expires;

    /// <summary>Whether another token has the same id and secret, for telling whether tokens have changed.</summary>
    internal bool IsLike(Token other) =>
        Grant.TokenId == other.Grant.TokenId
        && IsPlain == other.IsPlain
        && (!IsPlain || CryptographicOperations.FixedTimeEquals(Hash, other.Hash))
        && CryptographicOperations.FixedTimeEquals(SigningKey, other.SigningKey);

    /// <summary>Judges a token's settings.</summary>
    /// <param name="entry">The settings.</param>
    /// <param name="problems">Gets what is wrong, each as the end of a sentence that begins with the token's place.</param>
    /// <returns>The token, or null where a problem was added.</returns>
    internal static Token? TryRead(TokenEntry entry, List<string> problems)
    {
        var before = problems.Count;
        var secret = TokenSecret.TryRead(entry, out var problem);
        if (problem is not null)
        {
            problems.Add(problem);
        }

        var scope = TokenScope.TryRead(entry, problems);
        CheckCount(nameof(entry.MaxMappings), entry.MaxMappings, problems);
        CheckCount(nameof(entry.MaxNodes), entry.MaxNodes, problems);
        CheckCount(nameof(entry.NewFrontendsPerHour), entry.NewFrontendsPerHour, problems);
        if (entry.NotBefore >= entry.Expires)
        {
            problems.Add("has an Expires that is not behind its NotBefore");
        }

        return problems.Count == before ? new Token(entry, secret!, scope!) : null;
    }

    private static void CheckCount(string member, int value, List<string> problems)
    {
        if (value is < 0 or > ushort.MaxValue)
        {
            problems.Add($"has a {member} that is not from 0 to {ushort.MaxValue}");
        }
    }
}
