using HaproxyKit.Syntax;

namespace HaproxyKit.Catalog;

/// <summary>What the first words of a line name, and where the words behind them begin.</summary>
public readonly ref struct DirectiveLookup
{
    private readonly WordEnumerator _words;
    private readonly NameWalk _walk;
    private readonly SectionKind _section;
    private readonly EntryClass _class;

    private DirectiveLookup(
        HaproxyCatalog catalog, EntryClass @class, SectionKind section, WordEnumerator words, NameWalk walk, LookupStatus status, CatalogEntry entry)
    {
        Catalog = catalog;
        _class = @class;
        _section = section;
        _words = words;
        _walk = walk;
        Status = status;
        Entry = entry;
    }

    /// <summary>How the lookup ended.</summary>
    public LookupStatus Status { get; }

    /// <summary>
    /// The entry that was found, for <see cref="LookupStatus.OtherVersion"/> and
    /// <see cref="LookupStatus.OtherSection"/> the one that is not legal here; no entry otherwise.
    /// </summary>
    public CatalogEntry Entry { get; }

    /// <summary>The place of the name's first word on the line: 1 behind <c>no</c> or <c>default</c>, else 0.</summary>
    public int NameIndex => _walk.NameIndex;

    /// <summary>Whether <c>no</c> stands before the name.</summary>
    public bool IsNegated => _walk.IsNegated;

    /// <summary>The place on the line of the first word behind the name.</summary>
    public int ArgumentIndex => _walk.ArgumentIndex;

    /// <summary>The last word of the name; of a prefix with what stands behind it.</summary>
    public Word NameWord => ArgumentIndex == 0 ? default : WordAt(ArgumentIndex - 1);

    /// <summary>The words behind the name.</summary>
    public WordEnumerator Arguments
    {
        get
        {
            var words = _words;
            words.Skip(ArgumentIndex);
            return words;
        }
    }

    /// <summary>
    /// The first word that no name has at its place, for <see cref="LookupStatus.Unknown"/> and
    /// <see cref="LookupStatus.Indeterminate"/>; its place is <see cref="ArgumentIndex"/>.
    /// </summary>
    public Word UnknownWord => Status is LookupStatus.Unknown or LookupStatus.Indeterminate ? WordAt(ArgumentIndex) : default;

    internal HaproxyCatalog Catalog { get; }

    /// <summary>The word that could stand at the place of <see cref="UnknownWord"/> and is nearest to it.</summary>
    /// <returns>The word that was probably meant, legal in this section and version; or null.</returns>
    public string? Nearest()
    {
        var nearest = new NearestName(UnknownWord.ToBytes());
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

    internal static DirectiveLookup Find(HaproxyCatalog catalog, EntryClass @class, SectionKind section, WordEnumerator words)
    {
        var table = CatalogTable.Instance;
        var walk = new NameWalk(CatalogTable.Root(@class), hasModifiers: @class == EntryClass.Keyword);
        var best = walk;
        var rest = words;
        var status = LookupStatus.Unknown;
        var entry = default(CatalogEntry);
        while (walk.MoveNext(table, ref rest))
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
            var found = new DirectiveLookup(catalog, @class, section, words, best, status, entry);
            if (status == LookupStatus.Found || !table.Node(walk.Node).HasChildren || !found.HasLegalNameBelow(walk.Node))
            {
                return found;
            }
        }

        return new DirectiveLookup(catalog, @class, section, words, walk, walk.Status, default);
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

    private Word WordAt(int index)
    {
        var words = _words;
        words.Skip(index + 1);
        return words.Current;
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
