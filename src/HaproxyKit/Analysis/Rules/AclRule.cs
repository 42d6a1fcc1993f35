using HaproxyKit.Diagnostics;
using HaproxyKit.Expressions;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3226 and HK3227: an <c>acl</c> line that HAProxy refuses. Its name is known from here on.</summary>
internal sealed class AclRule : ILineRule
{
    public IReadOnlyList<string> Keywords => ["acl"];

    public void Check(LineContext line)
    {
        if (!line.HasArgument(0) || line.Words.HasVariables(line.First + 1))
        {
            CheckWords(line);
            return;
        }

        ref var symbol = ref line.Run.Symbols.Define(
            SymbolKind.Acl, line.Argument(0), line.SiteOf(line.First + 1), line.Section, out _, line.Section.Number);
        if (CheckWords(line))
        {
            symbol.Contexts |= AclJudge.Check(line, line.First + 2, line.Words.Count, default);
        }
    }

    /// <summary>Whether the line can be read, and nothing in it depends on the environment.</summary>
    private static bool CheckWords(LineContext line)
    {
        var scanner = AclScanner.OfDefinition();
        var words = line.Words;
        for (var i = line.First + 1; i < words.Count; i++)
        {
            if (words.HasVariables(i))
            {
                line.Run.Symbols.MayLoadMore = true;
                return false;
            }

            if (!scanner.Next(words[i]))
            {
                line.Error(DiagnosticIds.InvalidCondition, i, $"HAProxy cannot read this ACL: {scanner.Error.Message}");
                return false;
            }
        }

        if (!scanner.End())
        {
            line.Error(DiagnosticIds.MissingArgument, words.Count, $"HAProxy cannot read this ACL: {scanner.Error.Message}", "acl NAME FETCH [FLAGS] PATTERN...");
            return false;
        }

        return true;
    }
}
