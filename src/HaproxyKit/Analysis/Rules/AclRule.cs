using HaproxyKit.Diagnostics;
using HaproxyKit.Expressions;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3226 and HK3227: an <c>acl</c> line that HAProxy refuses. Its name is known from here on.</summary>
internal sealed class AclRule : ILineRule
{
    public IReadOnlyList<string> Keywords => ["acl"];

    public void Check(in LineContext line)
    {
        var scanner = AclScanner.OfDefinition();
        var words = line.Words;
        for (var i = line.First + 1; i < words.Count; i++)
        {
            if (words.HasVariables(i))
            {
                line.Run.Symbols.MayLoadMore = true;
                Define(line);
                return;
            }

            if (!scanner.Next(words[i]))
            {
                line.Error(DiagnosticIds.InvalidCondition, i, $"HAProxy cannot read this ACL: {scanner.Error.Message}");
                Define(line);
                return;
            }
        }

        Define(line);
        if (!scanner.End())
        {
            line.Error(DiagnosticIds.MissingArgument, words.Count, $"HAProxy cannot read this ACL: {scanner.Error.Message}", "acl NAME FETCH [FLAGS] PATTERN...");
        }
        else
        {
            AclJudge.Check(line, line.First + 2, words.Count, default);
            if (line.Run.Symbols.Find(SymbolKind.Acl, line.Argument(0), line.Section.Number) is { } symbol)
            {
                symbol.Contexts |= AclJudge.ContextsOf(line, line.First + 2);
            }
        }
    }

    private static void Define(in LineContext line)
    {
        if (line.HasArgument(0) && !line.Words.HasVariables(line.First + 1))
        {
            line.Run.Symbols.Define(SymbolKind.Acl, line.Argument(0), line.SiteOf(line.First + 1), line.Section, line.Section.Number);
        }
    }
}
