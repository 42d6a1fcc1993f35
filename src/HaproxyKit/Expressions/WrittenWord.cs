using System.Globalization;
using System.Text;
using HaproxyKit.Syntax;

namespace HaproxyKit.Expressions;

/// <summary>A word of a condition or an ACL, with how it stood in a text where it was read from one.</summary>
/// <param name="Value">The word's value.</param>
/// <param name="Raw">The word as it stood, with its quotes and escapes; null where only its value is known.</param>
/// <param name="Before">The blanks before it.</param>
internal sealed record WrittenWord(string Value, string? Raw, string Before)
{
    /// <summary>A word of this value: as it stood where the value is the same, else anew.</summary>
    internal static WrittenWord For(string value, WrittenWord? stood) =>
        stood is not null && stood.Value == value ? stood : new WrittenWord(value, null, stood?.Before is { Length: > 0 } before ? before : " ");

    /// <summary>Writes the word behind others, never glued to them.</summary>
    internal void WriteTo(StringBuilder text)
    {
        var isFirst = text.Length == 0;
        text.Append(isFirst && Raw is null ? "" : !isFirst && Before.Length == 0 ? " " : Before).Append(Raw ?? Quote(Value));
    }

    /// <summary>Like <see cref="WordWriter"/>, but a tree may hold what only an escape can say.</summary>
    private static string Quote(string value)
    {
        if (WordWriter.DescribeRefusal(Encoding.UTF8.GetBytes(value)) is null)
        {
            return WordWriter.Quote(value);
        }

        var quoted = new StringBuilder("\"");
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' or '\\' or '$' => quoted.Append('\\').Append(c),
                < ' ' or '\x7F' => quoted.Append("\\x").Append(((int)c).ToString("X2", CultureInfo.InvariantCulture)),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }
}
