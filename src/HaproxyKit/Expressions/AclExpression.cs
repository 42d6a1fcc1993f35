using System.Collections.Immutable;
using System.Text;

namespace HaproxyKit.Expressions;

/// <summary>
/// What an ACL tests: a sample, flags, and the patterns that it is matched with (configuration manual, chapter 7.1). Two are equal when
/// HAProxy reads them alike, however they are written.
/// </summary>
public sealed record AclExpression
{
    /// <summary>A test.</summary>
    /// <param name="sample">The sample, or an ACL keyword such as <c>path_beg</c>.</param>
    public AclExpression(SampleExpression sample) => Sample = sample;

    /// <summary>The sample, or an ACL keyword such as <c>path_beg</c> in place of its fetch.</summary>
    /// <exception cref="ArgumentNullException">What is set is null.</exception>
    public SampleExpression Sample
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>The flags, in order; <c>--</c> is none of them.</summary>
    /// <exception cref="ArgumentException">What is set has <c>-m</c> behind <c>-f</c>, which HAProxy refuses.</exception>
    public ExpressionList<AclFlag> Flags
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.SkipWhile(flag => flag.Name != "-f").Any(flag => flag.Name == "-m"))
            {
                throw new ArgumentException("'-m' must stand before '-f'.", nameof(value));
            }

            field = value;
        }
    }

    = [];

    /// <summary>Whether <c>--</c> stands before the patterns; it is written also where the first pattern would be taken for a flag
    /// or a converter.</summary>
    public bool EndsFlags { get; init; }

    /// <summary>The patterns, one of which must match, and operators where integers are matched.</summary>
    public ExpressionList<AclPattern> Patterns { get; init; } = [];

    /// <summary>The matching method that the last <c>-m</c> names.</summary>
    public AclMatchMethod Method =>
        Flags.LastOrDefault(flag => flag.Name == "-m")?.Value is { } name && AclMatchMethods.TryParse(Encoding.UTF8.GetBytes(name), out var method)
            ? method
            : AclMatchMethod.Unspecified;

    internal WrittenWord? SampleWord { get; init; }

    internal WrittenWord? EndOfFlagsWord { get; init; }

    /// <summary>The first pattern as it was read.</summary>
    internal WrittenWord? FirstPatternWord { get; init; }

    /// <summary>What stood behind the last word of a text: blanks.</summary>
    internal string Tail { get; init; } = "";

    /// <summary>Reads what stands between the braces of an anonymous ACL, or behind the name of an <c>acl</c> line.</summary>
    /// <param name="words">The words' values, their quotes and escapes resolved.</param>
    /// <returns>The tree, or what is wrong.</returns>
    /// <exception cref="ArgumentException">A word holds half of a surrogate pair.</exception>
    public static ExpressionResult<AclExpression> Parse(IEnumerable<string> words) =>
        AclReading.OfWords(words, AclGrammar.Expression);

    /// <summary>Reads it as it stands in a file.</summary>
    /// <param name="text">The words with their quotes and the blanks between them.</param>
    /// <returns>The tree, or what is wrong.</returns>
    /// <exception cref="ArgumentException"><paramref name="text"/> holds half of a surrogate pair.</exception>
    public static ExpressionResult<AclExpression> Parse(string text) => AclReading.OfText(text, AclGrammar.Expression);

    /// <inheritdoc/>
    public bool Equals(AclExpression? other) =>
        other is not null
        && Sample.Equals(other.Sample)
        && Flags.Equals(other.Flags)
        && Patterns.Equals(other.Patterns);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Sample, Flags, Patterns);

    /// <summary>The words' values.</summary>
    /// <returns>One string a word, to be quoted as words.</returns>
    public ImmutableArray<string> ToWords() => AclReading.Values(WriteTo);

    /// <summary>The expression as it stands in a file, its words quoted.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => AclReading.Text(WriteTo) + Tail;

    // A first pattern that was read without '--' before it stays so.
    private bool NeedsEndOfFlags() =>
        Patterns is [var first, ..]
        && (first.Value[0] == '-'
            || (Flags.Count == 0
                && (first.Word is null || !ReferenceEquals(first.Word, FirstPatternWord) || first.Word.Value != first.Value)
                && AclPatternText.NeedsEndOfFlags(Encoding.UTF8.GetBytes(first.Value))));

    internal void WriteTo(List<WrittenWord> words)
    {
        words.Add(WrittenWord.For(Sample.ToString(), SampleWord));
        foreach (var flag in Flags)
        {
            flag.WriteTo(words);
        }

        if (EndsFlags || NeedsEndOfFlags())
        {
            words.Add(WrittenWord.For("--", EndOfFlagsWord));
        }

        foreach (var pattern in Patterns)
        {
            words.Add(WrittenWord.For(pattern.Value, pattern.Word));
        }
    }
}
