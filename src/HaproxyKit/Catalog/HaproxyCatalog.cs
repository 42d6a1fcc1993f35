using HaproxyKit.Syntax;

namespace HaproxyKit.Catalog;

/// <summary>
/// The words that one version of HAProxy knows, where they are legal and what may follow them: a view of one frozen
/// table, as small as a number. Questions are answered without allocating.
/// </summary>
public readonly struct HaproxyCatalog : IEquatable<HaproxyCatalog>
{
    private const uint Proxies = (1u << (int)SectionKind.Defaults) | (1u << (int)SectionKind.Frontend)
        | (1u << (int)SectionKind.Backend) | (1u << (int)SectionKind.Listen);

    private readonly short _version;

    private HaproxyCatalog(short version) => _version = version;

    /// <summary>
    /// The words of all versions together. Where versions differ, the newest row answers.
    /// </summary>
    public static HaproxyCatalog AllVersions => default;

    /// <summary>The version, or null for <see cref="AllVersions"/>.</summary>
    public HaproxyVersion? Version => _version == 0 ? null : CatalogRow.Version(_version);

    /// <summary>Whether two views are of the same version.</summary>
    /// <param name="left">One view.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(HaproxyCatalog left, HaproxyCatalog right) => left.Equals(right);

    /// <summary>Whether two views are of different versions.</summary>
    /// <param name="left">One view.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(HaproxyCatalog left, HaproxyCatalog right) => !left.Equals(right);

    /// <summary>The words of one version.</summary>
    /// <param name="version">
    /// The version. What is older than 2.6 has the words of 2.6; what is newer than the newest known one, its words.
    /// </param>
    /// <returns>A view.</returns>
    public static HaproxyCatalog For(HaproxyVersion version) =>
        new(Math.Max(CatalogRow.Code(version), CatalogRow.Oldest));

    /// <summary>Finds an entry by its class and its name.</summary>
    /// <param name="class">The class.</param>
    /// <param name="name">The name in full with one blank between its words, or for a prefix the word as written, such
    /// as <c>http-request set-var(txn.x)</c>.</param>
    /// <param name="entry">The entry.</param>
    /// <returns>False when this version has no such entry.</returns>
    public bool TryFind(EntryClass @class, ReadOnlySpan<byte> name, out CatalogEntry entry)
    {
        var table = CatalogTable.Instance;
        var node = CatalogTable.Root(@class);
        for (var rest = name; node != CatalogTable.NoNode;)
        {
            var blank = rest.IndexOf((byte)' ');
            node = table.Child(node, blank < 0 ? rest : rest[..blank]);
            if (blank < 0)
            {
                break;
            }

            rest = rest[(blank + 1)..];
        }

        entry = default;
        if (node == CatalogTable.NoNode)
        {
            return false;
        }

        entry = EntryAt(table, node, @class, ~0u);
        return entry.Exists;
    }

    /// <summary>
    /// Finds what the first words of a line of a section name, the longest name first. <c>no</c> and <c>default</c>
    /// before it are passed over.
    /// </summary>
    /// <param name="section">The kind of section that the line stands in.</param>
    /// <param name="line">The line with or without its line ending.</param>
    /// <returns>What was found, or why nothing was.</returns>
    public DirectiveLookup FindDirective(SectionKind section, ReadOnlySpan<byte> line) =>
        DirectiveLookup.Find(this, EntryClass.Keyword, section, line);

    /// <summary>Finds what the first word of a section's header names; the signature is what follows it.</summary>
    /// <param name="line">The line with or without its line ending.</param>
    /// <returns>What was found, or why nothing was.</returns>
    public DirectiveLookup FindSection(ReadOnlySpan<byte> line) =>
        DirectiveLookup.Find(this, EntryClass.Section, SectionKind.None, line);

    /// <summary>Finds the command of the runtime API that the first words of a line name.</summary>
    /// <param name="line">The command.</param>
    /// <returns>What was found, or why nothing was.</returns>
    public DirectiveLookup FindCommand(ReadOnlySpan<byte> line) =>
        DirectiveLookup.Find(this, EntryClass.CliCommand, SectionKind.None, line);

    /// <summary>All entries of a class that the version has, in the order of their names.</summary>
    /// <param name="class">The class.</param>
    /// <returns>The entries, to be walked over without allocating.</returns>
    public CatalogEntries Entries(EntryClass @class) => new(@class, _version);

    /// <summary>The name of a class that is nearest to a word.</summary>
    /// <param name="class">The class.</param>
    /// <param name="name">The name that was not found.</param>
    /// <returns>The name that was probably meant, or null.</returns>
    public string? Nearest(EntryClass @class, ReadOnlySpan<byte> name)
    {
        var nearest = new NearestName(name);
        foreach (var entry in Entries(@class))
        {
            nearest.Offer(entry.NameBytes);
        }

        return nearest.Best;
    }

    /// <inheritdoc/>
    public bool Equals(HaproxyCatalog other) => _version == other._version;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is HaproxyCatalog other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _version;

    /// <summary>The rule of a ruleset; no entry when this version has no such rule.</summary>
    internal CatalogEntry FindRule(ReadOnlySpan<byte> ruleset, ReadOnlySpan<byte> name)
    {
        var table = CatalogTable.Instance;
        var parent = table.Child(CatalogTable.Root(EntryClass.Action), ruleset);
        var node = parent == CatalogTable.NoNode ? parent : table.Child(parent, name);
        return node == CatalogTable.NoNode ? default : EntryAt(table, node, EntryClass.Action, ~0u);
    }

    /// <summary>A word of a class that is legal on one of some lines; no entry when this version has none.</summary>
    internal CatalogEntry FindWord(EntryClass @class, ReadOnlySpan<byte> word, uint lines)
    {
        var table = CatalogTable.Instance;
        var node = table.Child(CatalogTable.Root(@class), word);
        return node == CatalogTable.NoNode ? default : EntryAt(table, node, @class, lines);
    }

    /// <summary>The line of a proxy, else of another section, by its name in full; no entry when there is none.</summary>
    internal CatalogEntry FindProxyKeyword(ReadOnlySpan<byte> name)
    {
        var table = CatalogTable.Instance;
        var node = table.Child(CatalogTable.Root(EntryClass.Keyword), name);
        return node == CatalogTable.NoNode ? default
            : EntryAt(table, node, EntryClass.Keyword, Proxies) is { Exists: true } entry ? entry
            : EntryAt(table, node, EntryClass.Keyword, ~0u);
    }

    /// <summary>Whether the version has an entry and calls it deprecated.</summary>
    internal bool Deprecates(CatalogEntry entry) => entry.IsDeprecatedIn(_version);

    internal bool Has(in CatalogRow row) => row.IsIn(_version);

    private CatalogEntry EntryAt(CatalogTable table, int node, EntryClass @class, uint sections)
    {
        ref readonly var found = ref table.Node(node);
        for (var row = found.FirstRow + found.RowCount - 1; row >= found.FirstRow; row--)
        {
            ref readonly var data = ref table.Row(row);
            if (data.Class == @class && data.IsIn(_version) && (data.Sections & sections) != 0)
            {
                return new CatalogEntry(row);
            }
        }

        return default;
    }
}
