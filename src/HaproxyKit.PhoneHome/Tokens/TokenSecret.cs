using System.Security.Cryptography;
using System.Text;

namespace HaproxyKit.PhoneHome.Tokens;

/// <summary>
/// Reads the hash of a configured token, or says why there is none. What it says never holds the secret.
/// </summary>
internal static class TokenSecret
{
    internal const int MinLength = 16;
    internal const int MaxLength = 1024;

    /// <summary>The SHA-256 of the entry's secret.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="problem">What is wrong, as the end of a sentence that begins with the token's place; null where
    /// nothing is.</param>
    /// <returns>The 32 bytes, or null.</returns>
    internal static byte[]? TryHash(TokenEntry entry, out string? problem)
    {
        var given = new[] { entry.Secret, entry.Sha256, entry.SecretFile }.Count(value => value is not null);
        if (given != 1)
        {
            problem = "needs exactly one of Secret, Sha256 and SecretFile";
            return null;
        }

        if (entry.Sha256 is { } hash)
        {
            return TryReadHash(hash, out problem);
        }

        if (entry.SecretFile is { } file)
        {
            var text = TryReadFile(file, out problem);
            return text is null ? null : TryHashText(text.Trim(), $"the secret in {file}", out problem);
        }

        return TryHashText(entry.Secret!, "Secret", out problem);
    }

    private static byte[]? TryReadHash(string hash, out string? problem)
    {
        problem = null;
        if (hash.Length == SHA256.HashSizeInBytes * 2 && hash.All(char.IsAsciiHexDigit))
        {
            return Convert.FromHexString(hash);
        }

        problem = "has a Sha256 that is not 64 hexadecimal digits";
        return null;
    }

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

    private static byte[]? TryHashText(string text, string what, out string? problem)
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

        return SHA256.HashData(Encoding.ASCII.GetBytes(text));
    }
}
