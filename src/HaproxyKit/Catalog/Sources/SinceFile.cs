namespace HaproxyKit.Catalog.Sources;

/// <summary>The first versions of words that lie between two versions with lists; people write them.</summary>
internal sealed class SinceFile
{
    internal const string Header = "class\tname\tsince\tsource";

    private readonly Dictionary<(string Class, string Name), List<string>> _versions = [];

    private SinceFile()
    {
    }

    /// <summary>Reads the file, and holds it against the lists.</summary>
    /// <exception cref="InvalidDataException">A row is malformed, or the lists say something else.</exception>
    internal static SinceFile Read(string file, DumpedWords words)
    {
        var since = new SinceFile();
        if (!File.Exists(file))
        {
            return since;
        }

        var lines = File.ReadAllLines(file);
        if (lines.FirstOrDefault() != Header)
        {
            throw new InvalidDataException($"{file}: the header is not the one that is known");
        }

        foreach (var line in lines.Skip(1).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var columns = line.Split('\t');
            if (columns.Length != 4 || !IsBetween(words.Find(columns[0], columns[1]), columns[2]))
            {
                throw new InvalidDataException($"{file}: the lists say something else, or what this row says already: {line}");
            }

            since.Add(columns[0], columns[1], columns[2]);
        }

        return since;
    }

    /// <summary>The version in which a word, or what is said of it, came that is new in a list.</summary>
    /// <param name="word">The word.</param>
    /// <param name="dumped">The version of the list.</param>
    internal string First(DumpedWord word, string dumped) =>
        _versions.GetValueOrDefault((word.Class, word.Name))?.Find(version => KnownVersions.NextDumped(version) == dumped) ?? dumped;

    private void Add(string @class, string name, string version)
    {
        if (!_versions.TryGetValue((@class, name), out var versions))
        {
            _versions[(@class, name)] = versions = [];
        }

        versions.Add(version);
    }

    /// <summary>Whether a version has no list, and the lists before and behind it say different things of the word.</summary>
    private static bool IsBetween(DumpedWord? word, string version)
    {
        var next = KnownVersions.NextDumped(version);
        var before = KnownVersions.LastDumped(version);
        return word is not null && next is not null && before is not null && before != version
            && word.In(next) is { } record && !record.Equals(word.In(before));
    }
}
