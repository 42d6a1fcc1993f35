using HaproxyKit.Syntax;

namespace HaproxyKit.Expressions;

/// <summary>A term that names an ACL, defined before it or built into HAProxy.</summary>
public sealed record AclReference : AclTerm
{
    /// <summary>A term that names an ACL.</summary>
    /// <param name="name">The ACL's name.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is no name, or is <c>or</c>.</exception>
    public AclReference(string name) => Name = name;

    /// <summary>The ACL's name.</summary>
    /// <exception cref="ArgumentException">What is set is no name, or is <c>or</c>.</exception>
    public string Name
    {
        get;
        init => field = RequireName(value);
    }

    /// <inheritdoc/>
    public bool Equals(AclReference? other) => base.Equals(other) && Name == other!.Name;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Name);

    internal static string RequireName(string value) =>
        NameRules.Require(value, nameof(value)).Equals("or", StringComparison.OrdinalIgnoreCase)
            ? throw new ArgumentException("An ACL named 'or' can never be referred to.", nameof(value))
            : value;

    internal override void WriteTo(List<WrittenWord> words) => WriteLead(words, Name);
}
