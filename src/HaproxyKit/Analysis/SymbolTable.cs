namespace HaproxyKit.Analysis;

/// <summary>All names that the configuration defines, found by their bytes.</summary>
internal sealed class SymbolTable
{
    private readonly Dictionary<SymbolKey, Symbol> _symbols;
    private readonly Dictionary<SymbolKey, Symbol>.AlternateLookup<SymbolQuery> _lookup;

    internal SymbolTable()
    {
        _symbols = new Dictionary<SymbolKey, Symbol>(new SymbolKeyComparer());
        _lookup = _symbols.GetAlternateLookup<SymbolQuery>();
    }

    internal IEnumerable<KeyValuePair<SymbolKey, Symbol>> All => _symbols;

    /// <summary>Whether a name depends on what is not known here, so that files may be loaded which <see cref="Load"/> was not told of.</summary>
    internal bool MayLoadMore { get; set; }

    internal Symbol? Find(SymbolKind kind, ReadOnlySpan<byte> name, int scope = 0) =>
        _lookup.TryGetValue(new SymbolQuery(kind, scope, name), out var symbol) ? symbol : null;

    /// <summary>Takes down a definition.</summary>
    /// <returns>The definition that stands before it in a branch that HAProxy reads as well, or null.</returns>
    internal Site? Define(SymbolKind kind, ReadOnlySpan<byte> name, Site site, SectionContext? section, int scope = 0)
    {
        if (Find(kind, name, scope) is not { } known)
        {
            _lookup[new SymbolQuery(kind, scope, name)] = new Symbol(site, section);
            return null;
        }

        Site? clash = null;
        foreach (var other in known.Definitions)
        {
            if (!Branch.AreExclusive(other.Branch, site.Branch))
            {
                clash = other;
                break;
            }
        }

        known.Add(site);
        return clash;
    }

    /// <summary>Takes down a file that a map or an ACL loads.</summary>
    internal void Load(ReadOnlySpan<byte> path, Site site)
    {
        if (Find(SymbolKind.File, path) is null)
        {
            _lookup[new SymbolQuery(SymbolKind.File, 0, path)] = new Symbol(site, section: null);
        }
    }
}
