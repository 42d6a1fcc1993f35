using HaproxyKit.Syntax;
using HaproxyKit.Testing;

namespace HaproxyKit.Tests.Support;

/// <summary>In what the dumps of HAProxy's branches differ; asked of the program itself.</summary>
internal sealed class HaproxyDialect
{
    private readonly HashSet<string> _sectionKeywords;

    private HaproxyDialect(string program, HashSet<string> sectionKeywords, bool keepsEmptyLastWord, int passes)
    {
        Program = program;
        _sectionKeywords = sectionKeywords;
        KeepsEmptyLastWord = keepsEmptyLastWord;
        Passes = passes;
    }

    internal string Program { get; }

    /// <summary>
    /// Whether an empty word that ends its line is a word; to 3.0 it is not there, which no keyword can tell apart.
    /// </summary>
    internal bool KeepsEmptyLastWord { get; }

    /// <summary>How often the dump of a file without an error is printed.</summary>
    internal int Passes { get; }

    /// <summary>Asks a program for its section keywords; they are printed without a tab.</summary>
    internal static HaproxyDialect Of(string branch)
    {
        var program = HaproxyPrograms.Of(branch);
        using var folder = new TemporaryFolder();
        var keywords = Enum.GetValues<SectionKind>().Where(kind => kind != SectionKind.None).Select(SectionKeywords.KeywordOf).ToList();
        var file = folder.Write("keywords.cfg", string.Concat(keywords.Select(keyword => $"{keyword}\n")) + "last \"\"\n");
        var lines = HaproxyDump.Of(program, [file], new Dictionary<string, string>(StringComparer.Ordinal)).Text.Split('\n');
        return new HaproxyDialect(
            program,
            [.. lines.Select(line => line.Split('\t')).Where(parts => parts.Length == 2).Select(parts => parts[1].TrimEnd(' '))],
            keepsEmptyLastWord: lines.Any(line => line.EndsWith("\t\tlast  ", StringComparison.Ordinal)),
            passes: lines.Count(line => line.StartsWith("1\t", StringComparison.Ordinal)));
    }

    internal bool IsSectionKeyword(ReadOnlySpan<byte> word) => _sectionKeywords.Contains(Latin1.Text(word));
}
