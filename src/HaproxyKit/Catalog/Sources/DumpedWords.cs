namespace HaproxyKit.Catalog.Sources;

/// <summary>The words of HAProxy's lists, of all versions.</summary>
internal sealed class DumpedWords
{
    private readonly Dictionary<(string Group, string Name, string Scope), DumpedWord> _words = [];

    internal IEnumerable<DumpedWord> Words => _words.Values;

    internal static DumpedWords Read(string folder)
    {
        var words = new DumpedWords();
        foreach (var version in KnownVersions.Dumped)
        {
            foreach (var record in KeywordDump.Read(Path.Combine(folder, version + ".txt")))
            {
                words.Add(version, record);
            }
        }

        return words;
    }

    /// <summary>The lists that a row's word can be in: <c>proxy</c>, or the keywords of sections.</summary>
    internal static IEnumerable<string> ScopesOf(CatalogRecord row) => row.Group != "keyword" ? [string.Empty]
        : row.Class is "action" or "option" or "filter" ? ["proxy"]
        : row.Sections.Split(',').Select(section => section.All(letter => "dDFLB~".Contains(letter, StringComparison.Ordinal)) ? "proxy" : section);

    /// <summary>The word that a row is about; some prefixes are in the lists without an asterisk.</summary>
    internal DumpedWord? Find(CatalogRecord row) => ScopesOf(row)
        .Select(scope => _words.GetValueOrDefault((row.Group, row.Name, scope)) ?? _words.GetValueOrDefault((row.Group, row.Name.TrimEnd('*'), scope)))
        .FirstOrDefault(word => word is not null);

    /// <summary>A word that is no line.</summary>
    internal DumpedWord? Find(string @class, string name) => _words.GetValueOrDefault((@class, name, string.Empty));

    /// <summary>
    /// Whether the lists would have the row's word. They leave out the words that HAProxy compares with one by one.
    /// </summary>
    internal bool Lists(CatalogRecord row) =>
        row.Class is "bind" or "server" || (row.Class is "keyword" && ScopesOf(row).Any(scope => scope is "global" or "proxy") && !HasBeginning(row))
        || row.Class is "action" or "option";

    internal bool HasProxyName(string name) => _words.ContainsKey(("keyword", name, "proxy"));

    private bool HasBeginning(CatalogRecord row) =>
        row.Name.Split(' ') is [var first, _, ..] && ScopesOf(row).Any(scope => _words.ContainsKey(("keyword", first, scope)));

    private void Add(string version, CatalogRecord record)
    {
        var key = (record.Group, record.Name, ScopesOf(record).First());
        if (!_words.TryGetValue(key, out var word))
        {
            _words[key] = word = new DumpedWord(record.Class, record.Name, key.Item3);
        }

        word.Add(version, record);
    }
}
