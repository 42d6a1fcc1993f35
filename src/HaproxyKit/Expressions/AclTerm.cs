namespace HaproxyKit.Expressions;

/// <summary>A term of a condition: an <see cref="AclReference"/> or an <see cref="AnonymousAcl"/>, negated or not.</summary>
public abstract record AclTerm
{
    private protected AclTerm()
    {
    }

    /// <summary>Whether the term holds where the ACL does not: <c>!</c> before it.</summary>
    public bool IsNegated { get; init; }

    /// <summary>The words of exclamation marks alone that stood before the term.</summary>
    internal ExpressionList<WrittenWord> NegationWords { get; init; } = [];

    /// <summary>The word that carries the name or the brace, with the exclamation marks glued to it.</summary>
    internal WrittenWord? LeadWord { get; init; }

    /// <inheritdoc/>
    public virtual bool Equals(AclTerm? other) =>
        other is not null && EqualityContract == other.EqualityContract && IsNegated == other.IsNegated;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(EqualityContract, IsNegated);

    /// <summary>The term as it stands in a file, its words quoted.</summary>
    /// <returns>The text.</returns>
    public sealed override string ToString() => AclReading.Text(WriteTo);

    internal abstract void WriteTo(List<WrittenWord> words);

    /// <summary>Writes the exclamation marks as they stood where they still say the same, and the word behind them.</summary>
    private protected void WriteLead(List<WrittenWord> words, string content)
    {
        var glued = LeadWord is null ? 0 : LeadWord.Value.Length - LeadWord.Value.TrimStart('!').Length;
        var marks = glued + NegationWords.Sum(word => word.Value.Length);
        if (LeadWord is not null && (marks % 2 != 0) == IsNegated)
        {
            words.AddRange(NegationWords);
            words.Add(WrittenWord.For(new string('!', glued) + content, LeadWord));
            return;
        }

        words.Add(WrittenWord.For((IsNegated ? "!" : "") + content, LeadWord));
    }
}
