namespace HaproxyKit.Catalog.Sources;

/// <summary>One row of the table. A dash stands for nothing, as in the files.</summary>
internal sealed record CatalogRecord
{
    internal const string None = "-";
    internal const string Header = "class\tname\tsections\tsince\tremoved\tdeprecated\tsuccessor\ttraits\tsignature";

    internal required string Class { get; init; }

    internal required string Name { get; init; }

    internal string Sections { get; init; } = None;

    internal string Since { get; init; } = KnownVersions.Oldest;

    internal string Removed { get; init; } = None;

    internal string Deprecated { get; init; } = None;

    internal string Successor { get; init; } = None;

    internal string Traits { get; init; } = None;

    internal string Signature { get; init; } = None;

    /// <summary>What must be one for rows to be about the same word, in different versions.</summary>
    internal string Key => $"{Group}\t{Name}";

    /// <summary>Words that are looked up together.</summary>
    internal string Group => Class is "ruleset" or "action" or "option" or "filter" ? "keyword" : Class;

    /// <summary>Whether no version from 2.6 on has it; HAProxy's lists may have it still, to refuse it.</summary>
    internal bool IsLongGone => Removed != None && KnownVersions.Compare(Removed, KnownVersions.Oldest) <= 0;

    internal bool IsIn(string version) =>
        KnownVersions.Compare(Since, version) <= 0 && (Removed == None || KnownVersions.Compare(version, Removed) < 0);

    internal string ToLine() =>
        string.Join('\t', Class, Name, Sections, Since, Removed, Deprecated, Successor, Traits, Signature);
}
