using System.Buffers;
using System.Text;

namespace HaproxyKit.Expressions;

/// <summary>
/// Writes text for the places in which HAProxy reads a regular expression, or what replaces its match (configuration manual, chapter
/// 7.1.4, and <c>http-request replace-header</c> in chapter 4.2 or 4.3 of newer manuals).
/// </summary>
public static class RegexText
{
    private static readonly SearchValues<char> Signs = SearchValues.Create("\\^$.[]|()?*+{}");

    /// <summary>
    /// Writes a text as a regular expression that matches it and nothing else, for PCRE and for the expressions of POSIX alike.
    /// </summary>
    /// <param name="literal">The text to match.</param>
    /// <returns>The text with a backslash before each sign of the language, before any quoting.</returns>
    /// <exception cref="ArgumentException"><paramref name="literal"/> is empty or holds a NUL.</exception>
    public static string Escape(string literal)
    {
        ArgumentException.ThrowIfNullOrEmpty(literal);
        ThrowIfNul(literal, nameof(literal));
        var escaped = new StringBuilder(literal.Length + 8);
        foreach (var c in literal)
        {
            if (Signs.Contains(c))
            {
                escaped.Append('\\');
            }

            escaped.Append(c);
        }

        return escaped.ToString();
    }

    /// <summary>
    /// Writes a text as what a match is replaced with, where <c>\1</c> is a group: in <c>regsub</c> and, before its <c>%</c> are doubled by
    /// <see cref="LogFormatText.Escape"/>, in <c>replace-header</c> and its like.
    /// </summary>
    /// <param name="literal">The text that shall stand in place of the match.</param>
    /// <returns>The text with each backslash doubled, before any quoting.</returns>
    /// <exception cref="ArgumentException"><paramref name="literal"/> holds a NUL.</exception>
    public static string EscapeReplacement(string literal)
    {
        ArgumentNullException.ThrowIfNull(literal);
        ThrowIfNul(literal, nameof(literal));
        return literal.Replace("\\", "\\\\", StringComparison.Ordinal);
    }

    private static void ThrowIfNul(string literal, string argument)
    {
        if (literal.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("A regular expression must not hold a NUL.", argument);
        }
    }
}
