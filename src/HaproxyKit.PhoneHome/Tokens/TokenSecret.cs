using System.Security.Cryptography;
using System.Text;

namespace HaproxyKit.PhoneHome.Tokens;

/// <summary>
/// What is kept of a token's secret: its hash and the key of its signatures, or one of them; never the secret.
/// </summary>
/// <param name="Hash">The SHA-256 of the secret, or null where only signed calls are taken.</param>
/// <param name="SigningKey">The key, or null where no signed call is taken.</param>
internal sealed record TokenSecret(byte[]? Hash, byte[]? SigningKey)
{
    internal const int MinLength = 16;
    internal const int MaxLength = 1024;

    /// <summary>Reads what a token's settings say of its secret. What it says never holds the secret.</summary>
    /// <param name="entry">The settings.</param>
    /// <param name="problem">
    /// What is wrong, as the end of a sentence that begins with the token's place; null where nothing is.
    /// </param>
    /// <returns>What is kept, or null.</returns>
    internal static TokenSecret? TryRead(TokenEntry entry, out string? problem)
    {
        var isMade = entry.Sha256 is not null || entry.SigningKey is not null;
        var given = (isMade ? 1 : 0) + (entry.Secret is null ? 0 : 1) + (entry.SecretFile is null ? 0 : 1);
        if (given != 1)
        {
            problem = "needs exactly one of Secret, SecretFile, and Sha256 or SigningKey";
            return null;
        }

        if (isMade)
        {
            return TryReadMade(entry, out problem);
        }

        if (entry.SecretFile is { } file)
        {
            var text = TryReadFile(file, out problem);
            return text is null ? null : TryMake(text.Trim(), $"the secret in {file}", out problem);
        }

        return TryMake(entry.Secret!, "Secret", out problem);
    }

    private static TokenSecret? TryReadMade(TokenEntry entry, out string? problem)
    {
        if (!IsHex(entry.Sha256) || !IsHex(entry.SigningKey))
        {
            problem = $"has a {(IsHex(entry.Sha256) ? "SigningKey" : "Sha256")} that is not 64 hexadecimal digits";
            return null;
        }

        problem = entry is { RequireSignature: true, SigningKey: null }
            ? "has RequireSignature and no SigningKey, so that no call could be taken"
            : null;
        return problem is null
            ? new TokenSecret(
                entry.Sha256 is { } hash ? Convert.FromHexString(hash) : null,
                entry.SigningKey is { } key ? Convert.FromHexString(key) : null)
            : null;
    }

    private static bool IsHex(string? text) =>
        text is null || (text.Length == SHA256.HashSizeInBytes * 2 && text.All(char.IsAsciiHexDigit));

    private static string? TryReadFile(string file, out string? problem)
    {
        problem = null;
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var buffer = new byte[MaxLength + 64];
            var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return Encoding.UTF8.GetString(buffer, 0, length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            problem = $"has a SecretFile that cannot be read: {e.Message}";
            return null;
        }
    }

    private static TokenSecret? TryMake(string text, string what, out string? problem)
    {
        problem = null;
        if (text.Length is < MinLength or > MaxLength)
        {
            problem = $"is refused: {what} must have {MinLength} to {MaxLength} characters";
            return null;
        }

        if (text.Any(c => c is <= ' ' or > '~'))
        {
            problem = $"is refused: {what} must be printable ASCII without blanks, as it travels in a header";
            return null;
        }

        return new TokenSecret(SHA256.HashData(Encoding.ASCII.GetBytes(text)), RequestSignature.KeyOf(text));
    }
}
