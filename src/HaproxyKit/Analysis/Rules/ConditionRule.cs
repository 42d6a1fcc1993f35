using System.Text;
using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;
using HaproxyKit.Expressions;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3103 and HK3226: a condition that HAProxy cannot read, or that names an ACL which is not defined.</summary>
internal static class ConditionRule
{
    internal static void Check(LineContext line, int first, CatalogEntry entry)
    {
        var words = line.Words;
        var hasPolarity = words[first].SequenceEqual("if"u8) || words[first].SequenceEqual("unless"u8);
        var scanner = AclScanner.OfCondition(hasPolarity);
        var mayContradict = false;
        for (var i = first; i < words.Count; i++)
        {
            if (words.HasVariables(i))
            {
                line.Run.Symbols.MayLoadMore = true;
                return;
            }

            if (!scanner.Next(words[i]))
            {
                Report(line, i, scanner.Error);
                return;
            }

            if (scanner.Role == AclWordRole.Name)
            {
                var name = words[i][scanner.Offset..];
                mayContradict |= scanner.IsNegated || name.SequenceEqual("FALSE"u8);
                CheckName(line, i, name);
            }
            else if (scanner.Role == AclWordRole.Sample)
            {
                var end = i;
                while (end < words.Count && !words[end].SequenceEqual("}"u8))
                {
                    end++;
                }

                IncompatibleAclRule.Check(line, i, AclJudge.Check(line, i, end, entry), words[i]);
            }
        }

        if (!scanner.End())
        {
            Report(line, words.Count, scanner.Error);
        }
        else if (words.Count > first + 1)
        {
            if (mayContradict)
            {
                ContradictionRule.Check(line, first);
            }
        }
        else if (hasPolarity)
        {
            line.Warning(DiagnosticIds.InvalidCondition, words.Count, $"no condition stands behind '{line.Text(first)}', so that it always holds");
        }
    }

    private static void CheckName(LineContext line, int word, ReadOnlySpan<byte> name)
    {
        if (line.Run.Symbols.TryFind(SymbolKind.Acl, name, out var number, line.Section.Number))
        {
            ref var symbol = ref line.Run.Symbols[number];
            symbol.IsUsed = true;
            IncompatibleAclRule.Check(line, word, symbol.Contexts, name);
        }
        else if (!PredefinedAcls.Contains(name))
        {
            line.Error(
                DiagnosticIds.UndefinedAcl, word, $"no ACL '{Encoding.UTF8.GetString(name)}' stands before this line in its section",
                Nearest(line, name));
        }
    }

    private static string? Nearest(LineContext line, ReadOnlySpan<byte> name)
    {
        if (!line.Run.MayGuess())
        {
            return null;
        }

        var symbols = line.Run.Symbols;
        for (var i = 0; i < symbols.Count; i++)
        {
            ref readonly var symbol = ref symbols[i];
            if (symbol.Kind == SymbolKind.Acl && symbols.Names[symbol.Name].SequenceEqual(name))
            {
                return $"it is defined in line {symbol.First.Number}; ACLs hold in their own section only, from their line on";
            }
        }

        return null;
    }

    private static void Report(LineContext line, int word, ExpressionError error) =>
        line.Error(DiagnosticIds.InvalidCondition, Math.Min(word, line.Words.Count), $"HAProxy cannot read this condition: {error.Message}");
}
