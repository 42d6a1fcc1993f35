namespace HaproxyKit.Expressions;

/// <summary>A step of a condition as the grammar reads it: a term, or a word that stands between terms.</summary>
/// <param name="Word">The word, or the first word of the term.</param>
/// <param name="Term">The term, or null.</param>
/// <param name="IsOr">Whether the word is <c>or</c> or <c>||</c>; without it and without a term it is of exclamation marks alone.</param>
internal sealed record AclStep(WrittenWord Word, AclTerm? Term, bool IsOr);
