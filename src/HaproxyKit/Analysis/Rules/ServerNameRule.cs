using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3101: two servers of a proxy have the same name.</summary>
internal sealed class ServerNameRule : ILineRule
{
    public IReadOnlyList<string> Keywords => ["server"];

    public void Check(LineContext line)
    {
        line.Section.Traits |= SectionTraits.Server;
        if (!line.HasArgument(0) || line.Words.HasVariables(line.First + 1))
        {
            return;
        }

        var word = line.First + 1;
        line.Run.Symbols.Define(SymbolKind.Server, line.Argument(0), line.SiteOf(word), line.Section, out var clash, line.Section.Number);
        if (clash is { } other)
        {
            line.Error(
                DiagnosticIds.DuplicateName, word, $"'{line.Text(word)}' is already the name of the server in line {other.Number}",
                "give each server of a proxy a name of its own");
        }
    }
}
