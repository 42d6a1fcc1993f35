using System.Collections.Immutable;

namespace HaproxyKit.Expressions;

/// <summary>
/// What follows the keyword <c>acl</c>: a name and what the ACL tests (configuration manual, chapter 7.1). Two are equal when HAProxy reads them
/// alike, however they are written.
/// </summary>
public sealed record AclDefinition
{
    /// <summary>A definition.</summary>
    /// <param name="name">The ACL's name.</param>
    /// <param name="expression">What it tests.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is no name, or is <c>or</c>.</exception>
    public AclDefinition(string name, AclExpression expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        (Name, Expression) = (name, expression);
    }

    /// <summary>The ACL's name.</summary>
    /// <exception cref="ArgumentException">What is set is no name, or is <c>or</c>.</exception>
    public string Name
    {
        get;
        init => field = AclReference.RequireName(value);
    }

    /// <summary>What the ACL tests.</summary>
    public AclExpression Expression { get; init; }

    internal WrittenWord? NameWord { get; init; }

    /// <summary>What stood behind the last word of a text: blanks.</summary>
    internal string Tail { get; init; } = "";

    /// <summary>Reads the words behind <c>acl</c>.</summary>
    /// <param name="words">The words' values, their quotes and escapes resolved.</param>
    /// <returns>The tree, or what is wrong.</returns>
    /// <exception cref="ArgumentException">A word holds half of a surrogate pair.</exception>
    public static ExpressionResult<AclDefinition> Parse(IEnumerable<string> words) =>
        AclReading.OfWords(words, AclGrammar.Definition);

    /// <summary>Reads what stands behind <c>acl</c> in a file.</summary>
    /// <param name="text">The words with their quotes and the blanks between them.</param>
    /// <returns>The tree, or what is wrong.</returns>
    /// <exception cref="ArgumentException"><paramref name="text"/> holds half of a surrogate pair.</exception>
    public static ExpressionResult<AclDefinition> Parse(string text) => AclReading.OfText(text, AclGrammar.Definition);

    /// <inheritdoc/>
    public bool Equals(AclDefinition? other) => other is not null && Name == other.Name && Expression.Equals(other.Expression);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Expression);

    /// <summary>The words' values.</summary>
    /// <returns>One string a word, to be quoted as words.</returns>
    public ImmutableArray<string> ToWords() => AclReading.Values(WriteTo);

    /// <summary>The definition as it stands in a file, its words quoted.</summary>
    /// <returns>The text behind <c>acl</c>.</returns>
    public override string ToString() => AclReading.Text(WriteTo) + Tail;

    private void WriteTo(List<WrittenWord> words)
    {
        words.Add(WrittenWord.For(Name, NameWord));
        Expression.WriteTo(words);
    }
}
