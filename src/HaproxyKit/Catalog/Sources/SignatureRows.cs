namespace HaproxyKit.Catalog.Sources;

/// <summary>The rows of all signature files; a rule has one for each of its rulesets.</summary>
internal sealed class SignatureRows
{
    private static readonly string[] Files =
        ["sections", "global", "proxy", "options", "actions", "checks", "filters", "bind", "server", "others"];

    private readonly Dictionary<string, string> _rulesets = new(StringComparer.Ordinal);
    private readonly ILookup<(string Group, string Name), CatalogRecord> _byName;

    private SignatureRows(List<CatalogRecord> rows)
    {
        foreach (var ruleset in rows.Where(row => row.Class == "ruleset"))
        {
            _rulesets[ruleset.Name] = _rulesets.TryGetValue(ruleset.Name, out var known) ? $"{known},{ruleset.Sections}" : ruleset.Sections;
        }

        Rows = [.. rows.SelectMany(Expanded)];
        _byName = Rows.ToLookup(row => (row.Group, row.Name));
    }

    internal IReadOnlyList<CatalogRecord> Rows { get; }

    internal static SignatureRows Read(string folder, ICollection<string> notes)
    {
        var rows = new List<CatalogRecord>();
        foreach (var name in Files)
        {
            var file = Path.Combine(folder, name + ".tsv");
            if (File.Exists(file))
            {
                rows.AddRange(SignatureFile.Read(file, notes));
            }
            else
            {
                notes.Add($"{name}.tsv is missing");
            }
        }

        return new SignatureRows(rows);
    }

    /// <summary>Where the rules of a ruleset are legal, by the full name of one of them.</summary>
    internal string SectionsOfRuleset(string name) =>
        _rulesets.TryGetValue(name[..name.LastIndexOf(' ')], out var sections) ? sections : "DFLB";

    /// <summary>
    /// Whether a row says what follows a word of a list in a version, or that it is removed: then it is only listed to
    /// be refused.
    /// </summary>
    internal bool Covers(DumpedWord word, string version) => Named(word).Any(row => row.IsIn(version))
        || Named(word).Any(row => row.Removed != CatalogRecord.None && KnownVersions.Compare(row.Removed, version) <= 0);

    internal bool HasName(DumpedWord word) => Named(word).Any();

    /// <summary>Whether a line of proxies has a name, or a longer one that begins so.</summary>
    internal bool HasProxyName(string name) => Rows.Any(row => DumpedWords.ScopesOf(row).Contains("proxy")
        && (row.Name.TrimEnd('*') == name || row.Name.StartsWith(name + " ", StringComparison.Ordinal)));

    /// <summary>Whether a longer name begins with a word of a list.</summary>
    internal bool HasLonger(DumpedWord word) => Rows.Any(row =>
        row.Name.StartsWith(word.Name + " ", StringComparison.Ordinal) && DumpedWords.ScopesOf(row).Contains(word.Scope));

    private IEnumerable<CatalogRecord> Named(DumpedWord word) =>
        _byName[(word.Group, word.Name)].Concat(_byName[(word.Group, word.Name + "*")])
            .Where(row => DumpedWords.ScopesOf(row).Contains(word.Scope));

    private IEnumerable<CatalogRecord> Expanded(CatalogRecord row)
    {
        if (row.Class != "action")
        {
            return [row];
        }

        return row.Sections.Split(',').Select(ruleset => row with
        {
            Name = $"{ruleset} {row.Name}",
            Sections = SectionsOfRuleset($"{ruleset} {row.Name}"),
        });
    }
}
