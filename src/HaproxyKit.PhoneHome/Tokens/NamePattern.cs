using System.Buffers;

namespace HaproxyKit.PhoneHome.Tokens;

/// <summary>A name, or with <c>*</c> for any characters, none included, many names.</summary>
internal readonly struct NamePattern
{
    private const int MaxLength = 128;

    private static readonly SearchValues<char> Characters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-*");

    private readonly string text;

    private NamePattern(string text) => this.text = text;

    internal static bool TryParse(string text, out NamePattern pattern)
    {
        pattern = new NamePattern(text);
        return text.Length is > 0 and <= MaxLength && !text.AsSpan().ContainsAnyExcept(Characters);
    }

    /// <summary>
    /// Goes back to the last star alone, so that no pattern costs more than its length times that of the name.
    /// </summary>
    internal bool Matches(ReadOnlySpan<char> name)
    {
        int at = 0, read = 0, star = -1, resume = 0;
        while (read < name.Length)
        {
            if (at < text.Length && text[at] == '*')
            {
                star = at++;
                resume = read;
            }
            else if (at < text.Length && text[at] == name[read])
            {
                at++;
                read++;
            }
            else if (star >= 0)
            {
                at = star + 1;
                read = ++resume;
            }
            else
            {
                return false;
            }
        }

        return text.AsSpan(at).TrimStart('*').IsEmpty;
    }
}
