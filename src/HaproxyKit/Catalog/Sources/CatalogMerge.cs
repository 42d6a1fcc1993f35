namespace HaproxyKit.Catalog.Sources;

/// <summary>
/// Puts the lists of HAProxy, the manual's matrix and the signature files together. The lists decide which words a
/// version has; the signature files say where, and what follows; words without a signature get what the list tells.
/// </summary>
internal sealed class CatalogMerge
{
    /// <summary>The order of the table: what is looked up together stands together.</summary>
    private static readonly string[] Groups =
        ["section", "keyword", "bind", "server", "crt-list", "fetch", "converter", "acl", "service", "cli"];

    private readonly List<string> _notes = [];
    private readonly SignatureRows _signatures;
    private readonly DumpedWords _dumps;
    private readonly List<CatalogRecord> _matrix;
    private readonly SinceFile _since;

    private CatalogMerge(string folder)
    {
        _dumps = DumpedWords.Read(Path.Combine(folder, "dumps"));
        _matrix = [.. KeywordMatrix.Read(Path.Combine(folder, "matrix-4.1.tsv"))];
        _signatures = SignatureRows.Read(folder, _notes);
        _since = SinceFile.Read(Path.Combine(folder, "since.tsv"), _dumps);
    }

    /// <summary>The rows of the table in its order.</summary>
    internal IReadOnlyList<CatalogRecord> Rows { get; private set; } = [];

    /// <summary>What the sources do not agree about, and what is missing.</summary>
    internal IReadOnlyList<string> Notes => _notes;

    /// <summary>Merges the files of a folder.</summary>
    internal static CatalogMerge Of(string folder)
    {
        var merge = new CatalogMerge(folder);
        merge.Run();
        return merge;
    }

    /// <summary>The table as it is committed.</summary>
    internal string ToText() => string.Join('\n', Rows.Select(row => row.ToLine()).Prepend(CatalogRecord.Header)) + "\n";

    private void Run()
    {
        var rows = new List<CatalogRecord>();
        rows.AddRange(_signatures.Rows.SelectMany(Bounded));
        rows.AddRange(_dumps.Words.SelectMany(Uncovered));
        rows.AddRange(_matrix.Where(IsMissing).Select(WithoutSignature));
        Rows =
        [
            .. rows.Select(WithTraits)
                .OrderBy(row => Array.IndexOf(Groups, row.Group))
                .ThenBy(row => row.Name, StringComparer.Ordinal)
                .ThenBy(row => row.Sections, StringComparer.Ordinal)
                .ThenBy(row => row.Since, Comparer<string>.Create(KnownVersions.Compare)),
        ];
        NoteSections();
    }

    /// <summary>A signature row in the versions that have its word.</summary>
    private IEnumerable<CatalogRecord> Bounded(CatalogRecord row)
    {
        if (row.IsLongGone)
        {
            yield return row;
            yield break;
        }

        if (_dumps.Find(row) is not { } word)
        {
            if (_dumps.Lists(row) && _matrix.TrueForAll(other => other.Name != row.Name))
            {
                _notes.Add($"no list has: {row.Class} {row.Name} ({row.Sections})");
            }

            yield return row;
            yield break;
        }

        var since = word.FirstFrom(row.Since);
        if (since is null)
        {
            _notes.Add($"no list from {row.Since} on has: {row.Class} {row.Name} ({row.Sections})");
            yield return row;
            yield break;
        }

        // Some lines and options are compared with one by one in one version, and in a list in another.
        var isComplete = row.Class is "bind" or "server" or "action";
        if (isComplete && !word.MayBeginAt(row.Since, since))
        {
            _notes.Add($"{row.Class} {row.Name} ({row.Sections}): since {row.Since}, but the list has it from {since} on");
            row = row with { Since = since };
        }

        if (word.GoneBefore(row.Removed) is { } gone && KnownVersions.Compare(gone, row.Since) > 0)
        {
            _notes.Add($"{row.Class} {row.Name} ({row.Sections}): not removed before {row.Removed}, but the list of {gone} lacks it");
            row = isComplete ? row with { Removed = gone } : row;
        }

        yield return row with { Traits = Joined(row.Traits, word.In(since)?.Traits ?? CatalogRecord.None) };
    }

    /// <summary>What the lists have and no signature row covers.</summary>
    private IEnumerable<CatalogRecord> Uncovered(DumpedWord word)
    {
        if (IsOnlyBeginning(word))
        {
            yield break;
        }

        var isNoted = word.Class is "fetch" or "converter" or "acl" or "service" or "cli" or "crt-list";
        foreach (var run in word.Runs(version => _signatures.Covers(word, version)))
        {
            var row = WithSections(run.Record) with
            {
                Since = _since.First(word, run.Since),
                Removed = run.Removed is { } removed ? _since.First(word, removed) : CatalogRecord.None,
            };
            if (!isNoted)
            {
                _notes.Add($"no signature: {row.Class} {row.Name} ({row.Sections}), {row.Since} to {row.Removed}");
            }

            yield return row;
        }
    }

    /// <summary>Whether a keyword of a list is the beginning of longer names and no line by itself.</summary>
    private bool IsOnlyBeginning(DumpedWord word) =>
        word.Class == "keyword" && !_signatures.HasName(word)
        && (_signatures.HasLonger(word) || _matrix.Exists(other => other.Name.StartsWith(word.Name + " ", StringComparison.Ordinal)));

    private CatalogRecord WithSections(CatalogRecord record) => record.Sections switch
    {
        "proxy" when record.Class == "action" => record with { Sections = _signatures.SectionsOfRuleset(record.Name) },
        "proxy" => record with { Sections = _matrix.Find(other => other.Name == record.Name)?.Sections ?? "DFLB" },
        _ => record,
    };

    private bool IsMissing(CatalogRecord row) => !_signatures.HasProxyName(row.Name) && !_dumps.HasProxyName(row.Name);

    private CatalogRecord WithoutSignature(CatalogRecord row)
    {
        _notes.Add($"no signature: {row.Class} {row.Name} ({row.Sections}), of the manual's matrix");
        return row;
    }

    /// <summary>What the lists do not say of options and of lines that can be negated.</summary>
    private CatalogRecord WithTraits(CatalogRecord row)
    {
        var traits = row.Traits;
        if (row.Class == "option" && !traits.Contains("fe", StringComparison.Ordinal) && !traits.Contains("be", StringComparison.Ordinal))
        {
            var meant = row.Sections.Split('~')[0];
            traits = meant.Contains('F', StringComparison.Ordinal) ? Joined("fe", traits) : traits;
            traits = meant.Contains('B', StringComparison.Ordinal) ? Joined("be", traits) : traits;
        }

        return CanBeNegated(row) ? row with { Traits = Joined(traits, "no") } : row with { Traits = traits };
    }

    /// <summary>HAProxy names these when <c>no</c> stands before another word; options have it from their rows.</summary>
    private static bool CanBeNegated(CatalogRecord row) => row.Class == "keyword" && row.Name is
        "log" or "busy-polling" or "set-dumpable" or "strict-limits" or "insecure-fork-wanted" or "numa-cpu-mapping";

    private void NoteSections()
    {
        foreach (var row in _matrix)
        {
            var rows = Rows.Where(other => other.Group == "keyword" && other.Name == row.Name && DumpedWords.ScopesOf(other).Contains("proxy")).ToList();
            if (rows.Count > 0 && rows.TrueForAll(other => Meant(other.Sections) != Meant(row.Sections)))
            {
                _notes.Add($"{row.Name}: {string.Join(" and ", rows.Select(other => other.Sections).Distinct())}, in the manual's matrix {row.Sections}");
            }
        }
    }

    private static string Meant(string sections) => sections.Split('~')[0];

    private static string Joined(string traits, string more)
    {
        var words = traits.Split(' ').Concat(more.Split(' ')).Where(word => word != CatalogRecord.None && word.Length > 0).Distinct(StringComparer.Ordinal);
        return string.Join(' ', words) is { Length: > 0 } joined ? joined : CatalogRecord.None;
    }
}
