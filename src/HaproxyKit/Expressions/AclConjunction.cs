namespace HaproxyKit.Expressions;

/// <summary>Terms side by side, all of which must hold; one alternative of a condition.</summary>
public sealed record AclConjunction
{
    /// <summary>Terms that must all hold.</summary>
    /// <param name="terms">The terms, at least one.</param>
    /// <exception cref="ArgumentException"><paramref name="terms"/> is empty.</exception>
    public AclConjunction(ExpressionList<AclTerm> terms) => Terms = terms;

    /// <summary>The terms, at least one.</summary>
    /// <exception cref="ArgumentException">What is set is empty.</exception>
    public ExpressionList<AclTerm> Terms
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value.Count > 0 ? value : throw new ArgumentException("An alternative needs a term.", nameof(value));
        }
    }

    /// <summary>The words before the first term, the last of which is an <c>or</c>; none for most first alternatives.</summary>
    internal ExpressionList<WrittenWord> LeadWords { get; init; } = [];

    /// <summary>Whether it was the first alternative.</summary>
    internal bool WasFirst { get; init; }

    /// <inheritdoc/>
    public bool Equals(AclConjunction? other) => other is not null && Terms.Equals(other.Terms);

    /// <inheritdoc/>
    public override int GetHashCode() => Terms.GetHashCode();

    /// <summary>The terms as they stand in a file, their words quoted.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => AclReading.Text(words => WriteTo(words, isFirst: true));

    internal void WriteTo(List<WrittenWord> words, bool isFirst)
    {
        if (isFirst == WasFirst && (isFirst || LeadWords.Count > 0))
        {
            words.AddRange(LeadWords);
        }
        else if (!isFirst)
        {
            words.Add(new WrittenWord("or", null, " "));
        }

        foreach (var term in Terms)
        {
            term.WriteTo(words);
        }
    }
}
