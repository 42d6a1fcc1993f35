namespace HaproxyKit.Catalog;

/// <summary>Walks over the entries of one class and version: <c>foreach (var entry in catalog.Entries(...))</c>.</summary>
public struct CatalogEntries
{
    private readonly EntryClass _class;
    private readonly short _version;
    private int _row;

    internal CatalogEntries(EntryClass @class, short version)
    {
        _class = @class;
        _version = version;
        _row = -1;
    }

    /// <summary>The entry that <see cref="MoveNext"/> found.</summary>
    public readonly CatalogEntry Current => new(_row);

    /// <summary>Goes to the next entry.</summary>
    /// <returns>False when there is none left.</returns>
    public bool MoveNext()
    {
        var table = CatalogTable.Instance;
        while (++_row < table.RowCount)
        {
            ref readonly var row = ref table.Row(_row);
            if (row.Class == _class && row.IsIn(_version))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>This walk itself, for <c>foreach</c>.</summary>
    /// <returns>A copy that begins at the first entry.</returns>
    public readonly CatalogEntries GetEnumerator() => new(_class, _version);
}
