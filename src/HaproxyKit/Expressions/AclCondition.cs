using System.Collections.Immutable;

namespace HaproxyKit.Expressions;

/// <summary>
/// A condition: alternatives separated by <c>or</c>, each of terms that must all hold, behind <c>if</c> or <c>unless</c> (configuration manual,
/// chapter 7.2). Two are equal when HAProxy reads them alike, however they are written.
/// </summary>
/// <remarks>
/// A tree that was read prints the words, and where it was read from a text the quotes and blanks, that were read; what is changed in it, and
/// nothing else, is printed anew. A condition without alternatives never holds.
/// </remarks>
public sealed record AclCondition
{
    /// <summary>A condition.</summary>
    /// <param name="polarity">What stands before it.</param>
    /// <param name="alternatives">The alternatives.</param>
    public AclCondition(AclPolarity polarity, ExpressionList<AclConjunction> alternatives)
    {
        ArgumentNullException.ThrowIfNull(alternatives);
        (Polarity, Alternatives) = (polarity, alternatives);
    }

    /// <summary>What stands before it.</summary>
    public AclPolarity Polarity { get; init; }

    /// <summary>The alternatives, one of which must hold.</summary>
    public ExpressionList<AclConjunction> Alternatives { get; init; }

    internal WrittenWord? PolarityWord { get; init; }

    /// <summary>Words behind the last term that say nothing: <c>or</c> and <c>!</c>.</summary>
    internal ExpressionList<WrittenWord> TrailingWords { get; init; } = [];

    /// <summary>What stood behind the last word of a text: blanks.</summary>
    internal string Tail { get; init; } = "";

    /// <summary>Reads a condition from the words of a line.</summary>
    /// <param name="words">The words' values, their quotes and escapes resolved, from <c>if</c> or <c>unless</c> to the end of the line.</param>
    /// <returns>The tree, or what is wrong and in which word.</returns>
    /// <exception cref="ArgumentException">A word holds half of a surrogate pair.</exception>
    public static ExpressionResult<AclCondition> Parse(IEnumerable<string> words) =>
        AclReading.OfWords(words, AclGrammar.Condition);

    /// <summary>Reads a condition as it stands in a file.</summary>
    /// <param name="text">The words with their quotes and the blanks between them, from <c>if</c> or <c>unless</c> on, without a comment.</param>
    /// <returns>The tree, or what is wrong and where.</returns>
    /// <exception cref="ArgumentException"><paramref name="text"/> holds half of a surrogate pair.</exception>
    public static ExpressionResult<AclCondition> Parse(string text) => AclReading.OfText(text, AclGrammar.Condition);

    /// <summary>Reads the terms of a condition, without <c>if</c> or <c>unless</c>, from the words of a line.</summary>
    /// <param name="words">The words' values, their quotes and escapes resolved.</param>
    /// <returns>The tree, or what is wrong and in which word.</returns>
    /// <exception cref="ArgumentException">A word holds half of a surrogate pair.</exception>
    public static ExpressionResult<AclCondition> ParseTerms(IEnumerable<string> words) =>
        AclReading.OfWords(words, AclGrammar.Terms);

    /// <summary>Reads the terms of a condition, without <c>if</c> or <c>unless</c>, as they stand in a file.</summary>
    /// <param name="text">The words with their quotes and the blanks between them, without a comment.</param>
    /// <returns>The tree, or what is wrong and where.</returns>
    /// <exception cref="ArgumentException"><paramref name="text"/> holds half of a surrogate pair.</exception>
    public static ExpressionResult<AclCondition> ParseTerms(string text) => AclReading.OfText(text, AclGrammar.Terms);

    /// <inheritdoc/>
    public bool Equals(AclCondition? other) =>
        other is not null && Polarity == other.Polarity && Alternatives.Equals(other.Alternatives);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Polarity, Alternatives);

    /// <summary>The words' values.</summary>
    /// <returns>One string a word, to be quoted as words.</returns>
    public ImmutableArray<string> ToWords() => AclReading.Values(WriteTo);

    /// <summary>The condition as it stands in a file, its words quoted.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => AclReading.Text(WriteTo) + Tail;

    private void WriteTo(List<WrittenWord> words)
    {
        if (Polarity != AclPolarity.None)
        {
            words.Add(WrittenWord.For(Polarity == AclPolarity.If ? "if" : "unless", PolarityWord));
        }

        for (var i = 0; i < Alternatives.Count; i++)
        {
            Alternatives[i].WriteTo(words, isFirst: i == 0);
        }

        words.AddRange(TrailingWords);
    }
}
