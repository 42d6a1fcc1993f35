using System.Text;
using HaproxyKit.Syntax;

namespace HaproxyKit.Expressions;

/// <summary>
/// A pattern of an ACL, or an operator where integers are matched (configuration manual, chapter 7.1). Two are equal when
/// their values are.
/// </summary>
public sealed record AclPattern
{
    /// <summary>A pattern.</summary>
    /// <param name="value">The value, before the word is quoted.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty, or holds a NUL or half of a surrogate pair.</exception>
    public AclPattern(string value) => Value = value;

    internal AclPattern(WrittenWord word)
        : this(word.Value) => Word = word;

    /// <summary>The value.</summary>
    /// <exception cref="ArgumentException">What is set is empty, or holds a NUL or half of a surrogate pair.</exception>
    public string Value
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            if (AclPatternText.DescribeRefusal(StrictUtf8.GetBytes(value, nameof(value)), AclPatternSlot.AfterFlags) is { } refusal)
            {
                throw new ArgumentException(refusal, nameof(value));
            }

            field = value;
        }
    }

    /// <summary>Whether it is an operator, if integers are matched: <c>eq ge gt le lt</c>, and <c>ne</c>, which HAProxy reads as <c>eq</c>.</summary>
    public bool IsOperator => AclInteger.IsOperator(Encoding.UTF8.GetBytes(Value));

    internal WrittenWord? Word { get; }

    /// <summary>A pattern.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator AclPattern(string value) => new(value);

    /// <summary>A pattern.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The pattern.</returns>
    public static AclPattern FromString(string value) => new(value);

    /// <inheritdoc/>
    public bool Equals(AclPattern? other) => other is not null && Value == other.Value;

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>The value.</summary>
    /// <returns>The <see cref="Value"/>.</returns>
    public override string ToString() => Value;
}
