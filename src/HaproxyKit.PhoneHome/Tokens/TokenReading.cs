namespace HaproxyKit.PhoneHome.Tokens;

/// <summary>What was found at one place of tokens: the settings, a file, or a folder that cannot be read.</summary>
/// <param name="Place">The place, as people know it.</param>
/// <param name="Entries">The tokens' settings, each with its own place; null where what the place said before counts.</param>
/// <param name="Problem">Why it cannot be used, or null; nothing in it holds a secret.</param>
internal sealed record TokenReading(string Place, IReadOnlyList<(string Place, TokenEntry Entry)>? Entries, string? Problem = null);
