using System.Collections.Immutable;

namespace HaproxyKit.Expressions;

/// <summary>
/// Judges and writes values as patterns of an ACL (configuration manual, chapter 7.1). A pattern is a word of its own and has no
/// escapes of its own: what would be taken for something else is refused.
/// </summary>
public static class AclPatternText
{
    /// <summary>Whether a value can be written as a pattern in a place.</summary>
    /// <param name="value">The pattern's value, before the word is quoted.</param>
    /// <param name="slot">Where it stands.</param>
    /// <returns>Null, or why not, as a sentence.</returns>
    public static string? DescribeRefusal(ReadOnlySpan<byte> value, AclPatternSlot slot)
    {
        if (value.IsEmpty)
        {
            return "A pattern must not be empty: HAProxy ends the line there.";
        }

        if (value.Contains((byte)0))
        {
            return "A pattern must not hold a NUL.";
        }

        if ((slot & AclPatternSlot.InBraces) != 0 && value.SequenceEqual("}"u8))
        {
            return "A pattern '}' would close the anonymous ACL; name the ACL instead.";
        }

        if ((slot & AclPatternSlot.AfterFlags) == 0 && value[0] == '-')
        {
            return "A pattern that begins with '-' would be taken for a flag; write '--' before it.";
        }

        return (slot & AclPatternSlot.Numbers) != 0 ? DescribeIntegerRefusal(value) : null;
    }

    /// <summary>The words that say some patterns, with <c>--</c> before them where the first one begins with <c>-</c>.</summary>
    /// <param name="patterns">The patterns' values.</param>
    /// <param name="slot">Where the first one stands.</param>
    /// <returns>The words, each to be quoted as a word.</returns>
    /// <exception cref="ArgumentException">A pattern cannot be said there; see <see cref="DescribeRefusal"/>.</exception>
    public static ImmutableArray<string> Words(IEnumerable<string> patterns, AclPatternSlot slot)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        var words = ImmutableArray.CreateBuilder<string>();
        foreach (var pattern in patterns)
        {
            if (words.Count == 0 && (slot & AclPatternSlot.AfterFlags) == 0 && pattern.StartsWith('-'))
            {
                words.Add("--");
            }

            var bytes = Syntax.StrictUtf8.GetBytes(pattern, nameof(patterns));
            if (DescribeRefusal(bytes, slot | AclPatternSlot.AfterFlags) is { } refusal)
            {
                throw new ArgumentException(refusal, nameof(patterns));
            }

            words.Add(pattern);
        }

        return words.ToImmutable();
    }

    private static string? DescribeIntegerRefusal(ReadOnlySpan<byte> value) =>
        AclInteger.TryParse(value, out _) ? null : "Integers are matched here: expected a number or a range such as 1:5.";
}
