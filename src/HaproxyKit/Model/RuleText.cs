using System.Runtime.CompilerServices;

namespace HaproxyKit.Model;

/// <summary>
/// A line, or a part of one, written as an interpolated string: the text is HAProxy's own language, and each hole is
/// one
/// value, which is escaped for the place in which it stands, or refused.
/// </summary>
/// <remarks>
/// <para>
/// A hole in a log format (<c>set-header X {value}</c>) stands for exactly its text: <c>%</c> in it is no variable. A
/// hole
/// is likewise an argument of a sample expression, a pattern of an acl (of <c>-m reg</c>, a text that the expression
/// matches), a number, a time, a size, an address, or a name, as the line demands.
/// </para>
/// <para>
/// Values are texts, numbers, <see cref="TimeSpan"/>, <see cref="bool"/> (<c>on</c> and <c>off</c>), IP addresses and
/// networks, <see cref="Expressions.Address"/>, and named sections and lines, which give their name. A hole cannot
/// stand
/// inside quotes, in a comment, or in place of HAProxy's own words.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// frontend.HttpRequests.Add($"set-header X-Team {team} if {{ src {network} }}");
/// </code>
/// </example>
[InterpolatedStringHandler]
public sealed class RuleText
{
    private readonly List<object> _parts;

    /// <summary>Begins an empty text; the compiler calls this.</summary>
    /// <param name="literalLength">The number of characters outside of holes.</param>
    /// <param name="formattedCount">The number of holes.</param>
    public RuleText(int literalLength, int formattedCount) =>
        _parts = new List<object>(Math.Min(1 + (2 * formattedCount), literalLength + formattedCount));

    /// <summary>
    /// The texts between the holes as <see cref="string"/>, and the holes as <see cref="RuleValue"/>.
    /// </summary>
    internal IReadOnlyList<object> Parts => _parts;

    /// <summary>Adds HAProxy's own language; the compiler calls this.</summary>
    /// <param name="value">The text.</param>
    public void AppendLiteral(string value) => _parts.Add(value);

    /// <summary>Adds a value; the compiler calls this.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The value is null, or of a type that no line can say.</exception>
    public void AppendFormatted<T>(T value) => _parts.Add(RuleValue.Of(value));
}
