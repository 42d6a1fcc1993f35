using System.Text;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3104 within a <c>userlist</c>: a user's group, or a group's user, does not exist (manual, chapter 12.1).</summary>
internal sealed class UserlistRule : ILineRule, ISectionRule
{
    private readonly List<(SymbolKind Kind, byte[] Name, Site Site)> _references = [];

    public IReadOnlyList<string> Keywords => ["user", "group"];

    public void Check(LineContext line)
    {
        if (line.Section.Kind != SectionKind.Userlist || !line.HasArgument(0))
        {
            return;
        }

        var isUser = line.Keyword.SequenceEqual("user"u8);
        var kind = isUser ? SymbolKind.User : SymbolKind.Group;
        var word = line.First + 1;
        line.Run.Symbols.Define(kind, line.Argument(0), line.SiteOf(word), line.Section, out var clash, line.Section.Number);
        if (clash is { } other)
        {
            line.Warning(
                DiagnosticIds.DuplicateName, word, $"'{line.Text(word)}' stands already in line {other.Number}; HAProxy ignores this line");
        }

        for (var i = word + 1; i + 1 < line.Words.Count; i++)
        {
            if (line.Words[i].SequenceEqual(isUser ? "groups"u8 : "users"u8) && !line.Words.HasVariables(i + 1))
            {
                foreach (var range in line.Words[i + 1].Split((byte)','))
                {
                    _references.Add((isUser ? SymbolKind.Group : SymbolKind.User, line.Words[i + 1][range].ToArray(), line.SiteOf(i + 1)));
                }
            }
        }
    }

    public void Check(SectionContext section, AnalysisRun run)
    {
        foreach (var (kind, name, site) in _references)
        {
            if (!run.Symbols.Contains(kind, name, section.Number))
            {
                run.Report(
                    DiagnosticSeverity.Error, DiagnosticIds.UndefinedReference, site,
                    $"the userlist has no {(kind == SymbolKind.User ? "user" : "group")} '{Encoding.UTF8.GetString(name)}'");
            }
        }

        _references.Clear();
    }
}
