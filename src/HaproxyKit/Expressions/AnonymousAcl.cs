namespace HaproxyKit.Expressions;

/// <summary>A term that holds its own test between braces: <c>{ path_beg /a }</c>.</summary>
public sealed record AnonymousAcl : AclTerm
{
    /// <summary>A term with its own test.</summary>
    /// <param name="expression">The test.</param>
    /// <exception cref="ArgumentException">A word of <paramref name="expression"/> is <c>}</c>, which would close the term.</exception>
    public AnonymousAcl(AclExpression expression) => Expression = expression;

    /// <summary>The test.</summary>
    /// <exception cref="ArgumentException">A word of what is set is <c>}</c>, which would close the term; name the ACL instead.</exception>
    public AclExpression Expression
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Patterns.Any(pattern => pattern.Value == "}") || value.Flags.Any(flag => flag.Value == "}"))
            {
                throw new ArgumentException("A word '}' would close the anonymous ACL; name the ACL instead.", nameof(value));
            }

            field = value;
        }
    }

    internal WrittenWord? CloseWord { get; init; }

    /// <inheritdoc/>
    public bool Equals(AnonymousAcl? other) => base.Equals(other) && Expression.Equals(other!.Expression);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Expression);

    internal override void WriteTo(List<WrittenWord> words)
    {
        WriteLead(words, "{");
        Expression.WriteTo(words);
        words.Add(WrittenWord.For("}", CloseWord));
    }
}
