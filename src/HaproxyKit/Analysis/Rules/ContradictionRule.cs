using System.Text;
using HaproxyKit.Diagnostics;
using HaproxyKit.Expressions;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3114: a condition can never hold, as it asks for an ACL and its opposite, or for <c>FALSE</c>.</summary>
internal static class ContradictionRule
{
    /// <summary>How many words of a condition are looked at; those of people are short.</summary>
    private const int LongestCondition = 8;

    /// <summary>Looks at a condition that can be read.</summary>
    /// <param name="line">The line.</param>
    /// <param name="first">The index of <c>if</c> or <c>unless</c>.</param>
    internal static void Check(LineContext line, int first)
    {
        if (!line.Words[first].SequenceEqual("if"u8) || line.Words.Count > first + LongestCondition)
        {
            return;
        }

        var scanner = AclScanner.OfCondition();
        Span<Term> terms = stackalloc Term[LongestCondition];
        var count = 0;
        for (var i = first; i < line.Words.Count; i++)
        {
            if (!scanner.Next(line.Words[i]) || scanner.Role == AclWordRole.Or)
            {
                return;
            }

            if (scanner.Role == AclWordRole.Name)
            {
                terms[count++] = new Term(i, scanner.Offset, scanner.IsNegated);
            }
        }

        foreach (var term in terms[..count])
        {
            var name = NameOf(line, term);
            if (name.SequenceEqual(term.IsNegated ? "TRUE"u8 : "FALSE"u8) || HasOpposite(line, terms[..count], term))
            {
                line.Warning(DiagnosticIds.NeverMatches, term.Word, $"this condition never holds, because of '{Encoding.UTF8.GetString(name)}'");
                return;
            }
        }
    }

    private static bool HasOpposite(LineContext line, ReadOnlySpan<Term> terms, Term term)
    {
        foreach (var other in terms)
        {
            if (other.IsNegated != term.IsNegated && NameOf(line, other).SequenceEqual(NameOf(line, term)))
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<byte> NameOf(LineContext line, Term term) => line.Words[term.Word][term.Offset..];

    /// <param name="Word">The index of the word.</param>
    /// <param name="Offset">How many <c>!</c> it begins with.</param>
    /// <param name="IsNegated">Whether the ACL must not match.</param>
    private readonly record struct Term(int Word, int Offset, bool IsNegated);
}
