using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Tokens;

/// <summary>
/// Knows valid tokens by their hashes alone, and takes the same time whether a token is wrong or unknown.
/// </summary>
public sealed class TokenValidator
{
    private readonly (byte[] Hash, TokenGrant Grant)[] tokens;

    /// <summary>Hashes the configured tokens; the secrets themselves are not kept.</summary>
    /// <param name="options">The tokens.</param>
    /// <exception cref="OptionsValidationException">A token cannot be used; the message says which and why.</exception>
    public TokenValidator(IOptions<PhoneHomeTokenOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var configured = options.Value.Tokens;
        tokens = new (byte[], TokenGrant)[configured.Count];
        for (var i = 0; i < tokens.Length; i++)
        {
            var hash = TokenSecret.TryHash(configured[i], out var problem)
                ?? throw new OptionsValidationException(
                    nameof(PhoneHomeTokenOptions),
                    typeof(PhoneHomeTokenOptions),
                    [$"PhoneHome:Tokens:{i} {problem}"]);
            tokens[i] = (hash, new TokenGrant(configured[i].Id));
        }
    }

    /// <summary>Judges what a caller presents.</summary>
    /// <param name="presented">The text of the header; empty where there is none.</param>
    /// <returns>What the token grants, or null where no configured token is equal to it.</returns>
    public TokenGrant? Validate(ReadOnlySpan<char> presented)
    {
        Span<byte> utf8 = stackalloc byte[TokenSecret.MaxLength];
        var known = Encoding.UTF8.TryGetBytes(presented, utf8, out var length);

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(utf8[..length], hash);

        // Every token is compared, in the same way, whatever the earlier ones gave: time tells nothing about them.
        TokenGrant? grant = null;
        foreach (var token in tokens)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, token.Hash))
            {
                grant = token.Grant;
            }
        }

        return known && length > 0 ? grant : null;
    }
}
