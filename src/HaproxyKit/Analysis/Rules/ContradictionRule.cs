using System.Text;
using HaproxyKit.Diagnostics;
using HaproxyKit.Expressions;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3114: a condition can never hold, as it asks for an ACL and its opposite, or for <c>FALSE</c>.</summary>
internal static class ContradictionRule
{
    /// <summary>Looks at a condition that can be read.</summary>
    /// <param name="line">The line.</param>
    /// <param name="first">The index of <c>if</c> or <c>unless</c>.</param>
    internal static void Check(in LineContext line, int first)
    {
        if (!line.Words[first].SequenceEqual("if"u8) || line.Words.Count > first + 8)
        {
            return;
        }

        var scanner = AclScanner.OfCondition();
        var terms = new List<(string Name, bool IsNegated, int Word)>();
        for (var i = first; i < line.Words.Count; i++)
        {
            if (!scanner.Next(line.Words[i]) || scanner.Role == AclWordRole.Or)
            {
                return;
            }

            if (scanner.Role == AclWordRole.Name)
            {
                terms.Add((Encoding.UTF8.GetString(line.Words[i][scanner.Offset..]), scanner.IsNegated, i));
            }
        }

        foreach (var (name, isNegated, word) in terms)
        {
            if (name == (isNegated ? "TRUE" : "FALSE") || terms.Exists(other => other.Name == name && other.IsNegated != isNegated))
            {
                line.Warning(DiagnosticIds.NeverMatches, word, $"this condition never holds, because of '{name}'");
                return;
            }
        }
    }
}
