using HaproxyKit.Syntax;

namespace HaproxyKit.Expressions;

/// <summary>
/// Writes text so that a log format yields exactly that text (configuration manual, chapter 8.2, custom log format): where
/// <c>100%x</c> is refused and <c>100%[env(HOME)]</c> is evaluated, their literal forms are <c>100%%x</c> and
/// <c>100%%[env(HOME)]</c>.
/// </summary>
/// <remarks>
/// In <c>log-format</c>, <c>log-format-sd</c>, <c>error-log-format</c> and <c>unique-id-format</c> HAProxy writes one blank for several;
/// everywhere else blanks are kept.
/// </remarks>
public static class LogFormatText
{
    /// <summary>Writes a text as a literal of a log format.</summary>
    /// <param name="value">The text.</param>
    /// <returns>The text with each <c>%</c> doubled, before the word is quoted.</returns>
    /// <exception cref="ArgumentException"><paramref name="value"/> holds a NUL or half of a surrogate pair.</exception>
    public static string Escape(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (DescribeRefusal(StrictUtf8.GetBytes(value, nameof(value))) is { } refusal)
        {
            throw new ArgumentException(refusal, nameof(value));
        }

        return value.Replace("%", "%%", StringComparison.Ordinal);
    }

    /// <summary>Whether a text can be written as a literal.</summary>
    /// <param name="value">The text's bytes.</param>
    /// <returns>Null, or why not, as a sentence.</returns>
    public static string? DescribeRefusal(ReadOnlySpan<byte> value) =>
        value.IndexOf((byte)0) is >= 0 and var nul ? $"A log format must not hold a NUL: byte {nul} is one." : null;
}
