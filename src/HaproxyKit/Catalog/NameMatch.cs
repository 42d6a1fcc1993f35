using HaproxyKit.Syntax;

namespace HaproxyKit.Catalog;

/// <summary>What the first words of a line name, without the words themselves.</summary>
internal readonly struct NameMatch
{
    private readonly NameWalk _walk;
    private readonly SectionKind _section;
    private readonly EntryClass _class;

    private NameMatch(HaproxyCatalog catalog, EntryClass @class, SectionKind section, NameWalk walk, LookupStatus status, CatalogEntry entry)
    {
        Catalog = catalog;
        _class = @class;
        _section = section;
        _walk = walk;
        Status = status;
        Entry = entry;
    }

    internal HaproxyCatalog Catalog { get; }

    /// <inheritdoc cref="DirectiveLookup.Status"/>
    internal LookupStatus Status { get; }

    /// <inheritdoc cref="DirectiveLookup.Entry"/>
    internal CatalogEntry Entry { get; }

    /// <inheritdoc cref="DirectiveLookup.NameIndex"/>
    internal int NameIndex => _walk.NameIndex;

    /// <inheritdoc cref="DirectiveLookup.IsNegated"/>
    internal bool IsNegated => _walk.IsNegated;

    /// <inheritdoc cref="DirectiveLookup.ArgumentIndex"/>
    internal int ArgumentIndex => _walk.ArgumentIndex;

    /// <summary>Finds the longest name that a line begins with.</summary>
    /// <param name="catalog">The version.</param>
    /// <param name="class">The class of the names, or one whose names stand below the same root.</param>
    /// <param name="section">The section that the line stands in.</param>
    /// <param name="words">The words of the line, none of them read.</param>
    internal static NameMatch Find<TWords>(HaproxyCatalog catalog, EntryClass @class, SectionKind section, TWords words)
        where TWords : struct, IWordSource, allows ref struct
    {
        var table = CatalogTable.Instance;
        var walk = new NameWalk(CatalogTable.Root(@class), hasModifiers: @class == EntryClass.Keyword);
        var best = walk;
        var status = LookupStatus.Unknown;
        var entry = default(CatalogEntry);
        while (walk.MoveNext(table, ref words))
        {
            ref readonly var node = ref table.Node(walk.Node);
            for (var row = node.FirstRow + node.RowCount - 1; row >= node.FirstRow; row--)
            {
                ref readonly var data = ref table.Row(row);
                var found = Judge(catalog, in data, section);
                if (found == LookupStatus.Found
                    || (found != LookupStatus.Unknown && status != LookupStatus.Found && found >= status))
                {
                    status = found;
                    entry = new CatalogEntry(row);
                    best = walk;
                    if (found == LookupStatus.Found)
                    {
                        break;
                    }
                }
            }
        }

        if (entry.Exists)
        {
            var found = new NameMatch(catalog, @class, section, best, status, entry);
            if (status == LookupStatus.Found || !table.Node(walk.Node).HasChildren || !found.HasLegalNameBelow(walk.Node))
            {
                return found;
            }
        }

        return new NameMatch(catalog, @class, section, walk, walk.Status, default);
    }

    /// <summary>The word that could stand in place of one that no name has there, and is nearest to it; or null.</summary>
    internal string? Nearest(ReadOnlySpan<byte> unknown)
    {
        var nearest = new NearestName(unknown);
        if (Status != LookupStatus.Unknown || !nearest.IsWanted)
        {
            return null;
        }

        var table = CatalogTable.Instance;
        for (var row = 0; row < table.RowCount; row++)
        {
            ref readonly var data = ref table.Row(row);
            if (CatalogTable.Root(data.Class) == CatalogTable.Root(_class) && Catalog.Has(in data) && IsLegal(in data, _section)
                && TryWordBelow(table, row, _walk.Node, out var word))
            {
                nearest.Offer(word);
            }
        }

        return nearest.Best;
    }

    private static LookupStatus Judge(HaproxyCatalog catalog, in CatalogRow row, SectionKind section) =>
        row.Class == EntryClass.Ruleset ? LookupStatus.Unknown
        : !catalog.Has(in row) ? LookupStatus.OtherVersion
        : IsLegal(in row, section) ? LookupStatus.Found
        : LookupStatus.OtherSection;

    private static bool IsLegal(in CatalogRow row, SectionKind section) => (row.Sections & (1u << (int)section)) != 0;

    /// <summary>
    /// Whether the words begin a longer name that is legal here, so that they are not meant for another section.
    /// </summary>
    private bool HasLegalNameBelow(int node)
    {
        var table = CatalogTable.Instance;
        for (var row = 0; row < table.RowCount; row++)
        {
            ref readonly var data = ref table.Row(row);
            if (Catalog.Has(in data) && IsLegal(in data, _section) && CatalogTable.Root(data.Class) == CatalogTable.Root(_class)
                && TryWordBelow(table, row, node, out _))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The word that a row's name has below the words of a node.</summary>
    private bool TryWordBelow(CatalogTable table, int row, int node, out ReadOnlySpan<byte> word)
    {
        word = table.Name(row);
        for (var parent = CatalogTable.Root(_class); ; word = word[(word.IndexOf((byte)' ') + 1)..])
        {
            var blank = word.IndexOf((byte)' ');
            var first = blank < 0 ? word : word[..blank];
            if (parent == node)
            {
                word = first;
                return true;
            }

            parent = blank < 0 ? CatalogTable.NoNode : table.Child(parent, first);
            if (parent == CatalogTable.NoNode)
            {
                return false;
            }
        }
    }
}
