namespace HaproxyKit.Catalog.Sources;

/// <summary>
/// When words came and went between the versions whose lists are here, by the manuals: class, name, since, removed.
/// </summary>
internal sealed class WordHistory
{
    private readonly Dictionary<(string Class, string Name), (string Since, string Removed)> _words = [];

    internal static WordHistory Read(string file)
    {
        var history = new WordHistory();
        foreach (var line in File.ReadLines(file).Skip(1).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var columns = line.Split('\t');
            history._words.Add((columns[0], columns[1]), (columns[2], columns[3]));
        }

        return history;
    }

    /// <summary>The first version of a word, where the lists say when it was there at last.</summary>
    internal string Since(CatalogRecord row, string first) =>
        _words.TryGetValue((row.Class, row.Name), out var known) && known.Since != CatalogRecord.None && KnownVersions.Compare(known.Since, first) < 0
            ? known.Since
            : first;

    /// <summary>The first version without a word, where the lists say when it was gone at last.</summary>
    internal string Removed(CatalogRecord row, string gone) =>
        _words.TryGetValue((row.Class, row.Name), out var known) && known.Removed != CatalogRecord.None ? known.Removed : gone;
}
