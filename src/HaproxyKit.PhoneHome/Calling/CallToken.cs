namespace HaproxyKit.PhoneHome.Calling;

/// <summary>The token that the sidecar presents, from its variable or from a file that may change under it.</summary>
internal sealed class CallToken(PhoneHomeCallerOptions options)
{
    private const int MaxLength = 1024;

    internal static bool IsWellFormed(string? text) =>
        text is { Length: > 0 and <= MaxLength } && !text.Any(c => c is <= ' ' or > '~');

    /// <summary>Reads the token.</summary>
    /// <param name="token">The token; empty where it cannot be had.</param>
    /// <param name="problem">Why it cannot be had, or null.</param>
    internal bool TryRead(out string token, out string? problem)
    {
        token = options.Token ?? "";
        problem = null;
        if (!string.IsNullOrEmpty(options.TokenFile))
        {
            try
            {
                token = File.ReadAllText(options.TokenFile).Trim();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problem = $"WEBHOOK_TOKEN_FILE cannot be read: {e.Message}";
                return false;
            }
        }

        if (!IsWellFormed(token))
        {
            token = "";
            problem = "the token must be printable ASCII without blanks";
        }

        return problem is null;
    }
}
