using System.Text;
using HaproxyKit.Catalog;
using HaproxyKit.Syntax;

namespace HaproxyKit.Expressions;

/// <summary>
/// A log format: text with aliases and sample expressions in it, as <c>log-format</c>, <c>set-header</c> and many others take it
/// (configuration manual, chapter 8.2, custom log format). Two are equal when HAProxy reads them alike, however they are written.
/// </summary>
/// <remarks>A tree that was read prints the bytes that were read; what is changed in it, and nothing else, is printed anew.</remarks>
public sealed record LogFormat
{
    /// <summary>A log format.</summary>
    /// <param name="parts">Its parts.</param>
    /// <exception cref="ArgumentException">The parts cannot stand side by side, see <see cref="Parts"/>.</exception>
    public LogFormat(ExpressionList<LogFormatPart> parts) => Parts = parts;

    /// <summary>The parts, in order.</summary>
    /// <exception cref="ArgumentException">
    /// What is set has an alias and directly behind it a text that begins with a letter or digit: HAProxy has no sign to tell them apart.
    /// </exception>
    public ExpressionList<LogFormatPart> Parts
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            var parts = Joined(value);
            for (var i = 1; i < parts.Count; i++)
            {
                if (parts[i] is LogFormatLiteral { Value: [var first, ..] } && parts[i - 1] is LogFormatAliasItem alias
                    && char.IsAsciiLetterOrDigit(first))
                {
                    throw new ArgumentException(
                        $"'{first}' directly behind the alias '{alias.Alias}' would become part of its name.", nameof(value));
                }
            }

            field = parts;
        }
    }

    /// <summary>Whether a version reads <c>%(name)ci</c>; older ones read the same as text.</summary>
    /// <param name="version">The version.</param>
    /// <returns>True for 3.0 and newer.</returns>
    public static bool TakesNames(HaproxyVersion version) => version >= HaproxyVersion.V3_0;

    /// <summary>Reads a log format.</summary>
    /// <param name="text">The word's value, its quotes and escapes resolved.</param>
    /// <param name="takesNames">True for HAProxy 3.0 and newer, which read <c>%(name)ci</c>; 2.x read the same as text.</param>
    /// <returns>The tree, or what is wrong.</returns>
    /// <exception cref="ArgumentException"><paramref name="text"/> holds half of a surrogate pair.</exception>
    public static ExpressionResult<LogFormat> Parse(string text, bool takesNames = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Parse(StrictUtf8.GetBytes(text, nameof(text)), takesNames);
    }

    /// <summary>Reads a log format.</summary>
    /// <param name="text">The word's value as UTF-8, its quotes and escapes resolved.</param>
    /// <param name="takesNames">True for HAProxy 3.0 and newer, which read <c>%(name)ci</c>; 2.x read the same as text.</param>
    /// <returns>The tree, or what is wrong.</returns>
    public static ExpressionResult<LogFormat> Parse(ReadOnlySpan<byte> text, bool takesNames = true) =>
        ByteParsers.Read(text, takesNames ? LogFormatGrammar.WithNames : LogFormatGrammar.WithoutNames);

    /// <summary>The format as HAProxy reads it, before the word is quoted.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var part in Parts)
        {
            part.WriteTo(text);
        }

        return text.ToString();
    }

    // One tree for one meaning: literals side by side are one, and one of nothing is none.
    private static ExpressionList<LogFormatPart> Joined(ExpressionList<LogFormatPart> parts)
    {
        if (!parts.Where((part, i) => part is LogFormatLiteral literal
            && (literal.Value.Length == 0 || (i > 0 && parts[i - 1] is LogFormatLiteral))).Any())
        {
            return parts;
        }

        var joined = new List<LogFormatPart>();
        foreach (var part in parts.Where(part => part is not LogFormatLiteral { Value: "" }))
        {
            if (part is LogFormatLiteral literal && joined is [.., LogFormatLiteral before])
            {
                joined[^1] = new LogFormatLiteral(before.Value + literal.Value);
            }
            else
            {
                joined.Add(part);
            }
        }

        return joined.ToExpressionList();
    }
}
