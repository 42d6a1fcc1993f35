using System.Collections.Immutable;
using HaproxyKit.Catalog;
using HaproxyKit.Syntax;

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

        if ((slot & AclPatternSlot.AfterFlags) == 0 && NeedsEndOfFlags(value))
        {
            return "A pattern that begins with '-' would be taken for a flag, and one that begins with the name of a converter for one; "
                + "write '--' before it.";
        }

        return (slot & AclPatternSlot.Numbers) != 0 ? DescribeIntegerRefusal(value) : null;
    }

    /// <summary>The words that say some patterns, with <c>--</c> before them where the first one would be taken for something else.</summary>
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
            var bytes = StrictUtf8.GetBytes(pattern, nameof(patterns));
            if (words.Count == 0 && (slot & AclPatternSlot.AfterFlags) == 0 && NeedsEndOfFlags(bytes))
            {
                words.Add("--");
            }

            if (DescribeRefusal(bytes, slot | AclPatternSlot.AfterFlags) is { } refusal)
            {
                throw new ArgumentException(refusal, nameof(patterns));
            }

            words.Add(pattern);
        }

        return words.ToImmutable();
    }

    /// <summary>
    /// Whether a pattern directly behind the sample would be taken for a flag, or for a converter: behind a fetch that is no ACL keyword, HAProxy
    /// applies the words that name converters, and then matches them as patterns too.
    /// </summary>
    internal static bool NeedsEndOfFlags(ReadOnlySpan<byte> pattern) =>
        !pattern.IsEmpty
        && (pattern[0] == '-'
            || HaproxyCatalog.AllVersions.TryFind(
                EntryClass.Converter, pattern[..ExpressionBytes.RunOf(pattern, ExpressionBytes.Names)], out _));

    private static string? DescribeIntegerRefusal(ReadOnlySpan<byte> value) =>
        AclInteger.TryParse(value, out _) ? null : "Integers are matched here: expected a number or a range such as 1:5.";
}
