namespace HaproxyKit.Catalog.Sources;

/// <summary>One word of HAProxy's lists with what each version says of it.</summary>
internal sealed class DumpedWord(string @class, string name, string scope)
{
    private readonly Dictionary<string, CatalogRecord> _records = new(StringComparer.Ordinal);

    internal string Class => @class;

    /// <summary>See <see cref="CatalogRecord.Group"/>.</summary>
    internal string Group => @class is "action" or "option" or "filter" ? "keyword" : @class;

    internal string Name => name;

    /// <summary>Where it is a line: <c>global</c>, <c>proxy</c>, <c>userlist</c>; empty for what is no line.</summary>
    internal string Scope => scope;

    internal void Add(string version, CatalogRecord record) => _records.TryAdd(version, record);

    /// <summary>What a version's list says. The program of 3.5 was built without QUIC.</summary>
    internal CatalogRecord? In(string version) =>
        _records.TryGetValue(version, out var record) ? record
        : version == "3.5" && name.Contains("quic", StringComparison.Ordinal) ? _records.GetValueOrDefault("3.4")
        : null;

    /// <summary>The first version, not before another one, that has the word.</summary>
    internal string? FirstFrom(string version) =>
        Array.Find(KnownVersions.Dumped, dumped => In(dumped) is not null && IsFrom(dumped, version));

    /// <summary>Whether the word may have come with a version, when a list first has it in another one.</summary>
    internal bool MayBeginAt(string since, string first) =>
        !Array.Exists(KnownVersions.Dumped, dumped => In(dumped) is null && IsFrom(dumped, since) && KnownVersions.Compare(dumped, first) < 0)
        || name.Contains("quic", StringComparison.Ordinal);

    /// <summary>The first version before another one that no longer lists the word, or null.</summary>
    internal string? GoneBefore(string removed)
    {
        var last = Array.FindLastIndex(KnownVersions.Dumped, dumped => In(dumped) is not null);
        return last + 1 < KnownVersions.Dumped.Length && (removed == CatalogRecord.None || KnownVersions.Compare(removed, KnownVersions.Dumped[last + 1]) > 0)
            ? KnownVersions.Dumped[last + 1]
            : null;
    }

    /// <summary>The ranges of versions in which the lists say the same, without those that are covered.</summary>
    internal IEnumerable<DumpedRun> Runs(Func<string, bool> isCovered)
    {
        var versions = KnownVersions.Dumped;
        for (var i = 0; i < versions.Length;)
        {
            if (In(versions[i]) is not { } record || isCovered(versions[i]))
            {
                i++;
                continue;
            }

            var end = i + 1;
            while (end < versions.Length && record.Equals(In(versions[end])) && !isCovered(versions[end]))
            {
                end++;
            }

            var next = end < versions.Length ? versions[end] : null;
            yield return new DumpedRun(record, versions[i], next);
            i = end;
        }
    }

    private static bool IsFrom(string version, string since) => KnownVersions.Compare(version, since) >= 0;
}
