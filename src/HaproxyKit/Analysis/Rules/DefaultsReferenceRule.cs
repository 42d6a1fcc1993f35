using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Analysis.Rules;

/// <summary>
/// HK3102: <c>from</c> names no <c>defaults</c> section that stands before, or more than one. Whatever it names,
/// a section begins with the defaults that HAProxy would give it.
/// </summary>
internal sealed class DefaultsReferenceRule : ILineRule
{
    private readonly DefaultsSharing _sharing = new();

    public IReadOnlyList<string> Keywords => [];

    public void Check(LineContext line)
    {
        var section = line.Section;
        if (!section.IsProxy && section.Kind != SectionKind.Defaults)
        {
            return;
        }

        var from = From(line.Words);
        if ((from > 0 ? Find(line, from) : section.IsProxy ? line.Run.LastDefaults : null) is { } defaults)
        {
            section.Inherit(defaults);
            _sharing.Check(line, defaults);
        }

        if (section.Kind == SectionKind.Defaults)
        {
            line.Run.LastDefaults = section;
        }
    }

    /// <summary>The index of the name behind <c>from</c>, or 0.</summary>
    private static int From(LineWords words)
    {
        for (var i = 1; i <= 2 && i + 1 < words.Count; i++)
        {
            if (words[i].SequenceEqual("from"u8))
            {
                return i + 1;
            }
        }

        return 0;
    }

    /// <summary>From 3.1 on a section hides those of its own name already in its first line.</summary>
    private static bool IsOwnName(LineContext line, int word) =>
        line.Section.Kind == SectionKind.Defaults && word == 3 && line.Run.Version > Catalog.HaproxyVersion.V3_0
        && line.Words[1].SequenceEqual(line.Words[word]);

    private static SectionContext? Find(LineContext line, int word)
    {
        if (line.Words.HasVariables(word))
        {
            return null;
        }

        var symbols = line.Run.Symbols;
        if (IsOwnName(line, word) || !symbols.TryFind(SymbolKind.Defaults, line.Words[word], out var symbol))
        {
            line.Error(
                DiagnosticIds.UndefinedDefaults, word, $"no defaults section before this line is named '{line.Text(word)}'",
                "sections can only take over defaults that stand before them");
            return null;
        }

        if (!NameRules.IsName(line.Words[word]))
        {
            line.Error(
                DiagnosticIds.UndefinedDefaults, word, $"'{line.Text(word)}' cannot be referred to",
                "names that are referred to consist of letters, digits and . : _ -");
        }

        var here = line.SiteOf(word);
        var branches = line.Run.Branches;
        var readable = symbols.DefinitionsOf(symbol).Where(site => !branches.AreExclusive(site, here)).Take(2).ToList();
        if (readable.Count > 1 && !branches.AreExclusive(readable[0], readable[1]))
        {
            line.Error(
                DiagnosticIds.UndefinedDefaults, word,
                $"lines {readable[0].Number} and {readable[1].Number} both define defaults named '{line.Text(word)}'",
                "give each defaults section that is referred to a name of its own");
        }

        return line.Run.Sections[symbols[symbol].Section - 1];
    }
}
