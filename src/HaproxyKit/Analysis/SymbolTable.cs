using System.Numerics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Analysis;

/// <summary>
/// All names that the configuration defines, found by their bytes. A large configuration has some hundred thousand:
/// they are kept without an object for each.
/// </summary>
internal sealed class SymbolTable : IDisposable
{
    /// <summary>So many branches as nobody writes, so that a name in each of ever more branches costs no more.</summary>
    private const int MostDefinitions = 100;

    private readonly BranchList _branches;
    private readonly PagedList<Symbol> _symbols = new();
    private readonly Dictionary<int, List<Site>> _repeated = [];

    /// <summary>The number of the last symbol of each hash code, from 1.</summary>
    private int[] _heads;

    /// <summary>Begins without names.</summary>
    /// <param name="branches">The branches that definitions may stand in.</param>
    /// <param name="documents">What the names stand in, by which room is made.</param>
    internal SymbolTable(BranchList branches, IReadOnlyList<ConfigDocument> documents)
    {
        _branches = branches;
        // Of the lines of most configurations fewer than half define a name, and an eighth of the bytes are names.
        _heads = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(documents.Sum(document => document.LineCount) / 4, 64))];
        Names = new NamePool(documents.Sum(document => document.Length / 8));
    }

    /// <summary>How many there are; their numbers are lower.</summary>
    internal int Count => _symbols.Count;

    /// <summary>Whether a name depends on what is not known here, so that files may be loaded which <see cref="Load"/> was not told of.</summary>
    internal bool MayLoadMore { get; set; }

    /// <summary>The names.</summary>
    internal NamePool Names { get; }

    /// <summary>A symbol, in the order of the first definitions.</summary>
    internal ref Symbol this[int number] => ref _symbols[number];

    /// <summary>Gives memory back; nothing may be asked for any more.</summary>
    public void Dispose() => _symbols.Dispose();

    internal bool Contains(SymbolKind kind, ReadOnlySpan<byte> name, int scope = 0) => TryFind(kind, name, out _, scope);

    /// <summary>Finds the number of a symbol.</summary>
    internal bool TryFind(SymbolKind kind, ReadOnlySpan<byte> name, out int number, int scope = 0)
    {
        number = Find(kind, name, scope, SymbolKeyComparer.Hash(kind, scope, name));
        return number >= 0;
    }

    /// <summary>Takes down a definition.</summary>
    /// <param name="kind">The kind of name.</param>
    /// <param name="name">The decoded name.</param>
    /// <param name="site">Where it stands.</param>
    /// <param name="section">The section that it names or belongs to.</param>
    /// <param name="clash">The definition that stands before it in a branch that HAProxy reads as well, or null.</param>
    /// <param name="scope">The number of the section, for names that belong to one.</param>
    /// <returns>What is known of the name.</returns>
    internal ref Symbol Define(
        SymbolKind kind, ReadOnlySpan<byte> name, in Site site, SectionContext section, out Site? clash, int scope = 0)
    {
        clash = null;
        var hash = SymbolKeyComparer.Hash(kind, scope, name);
        var known = Find(kind, name, scope, hash);
        if (known >= 0)
        {
            clash = Repeat(known, site);
            return ref _symbols[known];
        }

        if (_symbols.Count == 2 * _heads.Length)
        {
            Grow();
        }

        ref var head = ref _heads[hash & (_heads.Length - 1)];
        _symbols.Add(new Symbol
        {
            Kind = kind,
            Scope = scope,
            Name = Names.Add(name),
            First = site,
            Section = section.Number,
            Hash = hash,
            Before = head - 1,
        });
        head = _symbols.Count;
        return ref _symbols[_symbols.Count - 1];
    }

    /// <summary>The definitions of a symbol in order, the first hundred of them.</summary>
    internal IEnumerable<Site> DefinitionsOf(int number) =>
        _repeated.TryGetValue(number, out var sites) ? sites : [_symbols[number].First];

    /// <summary>Whether a symbol is defined more than once.</summary>
    internal bool IsRepeated(int number) => _repeated.ContainsKey(number);

    private int Find(SymbolKind kind, ReadOnlySpan<byte> name, int scope, int hash)
    {
        var number = _heads[hash & (_heads.Length - 1)] - 1;
        while (number >= 0)
        {
            ref readonly var symbol = ref _symbols[number];
            if (symbol.Hash == hash && symbol.Kind == kind && symbol.Scope == scope && Names[symbol.Name].SequenceEqual(name))
            {
                break;
            }

            number = symbol.Before;
        }

        return number;
    }

    private Site? Repeat(int number, Site site)
    {
        if (!_repeated.TryGetValue(number, out var sites))
        {
            _repeated[number] = sites = [_symbols[number].First];
        }

        Site? clash = null;
        foreach (var other in sites)
        {
            if (!_branches.AreExclusive(other, site))
            {
                clash = other;
                break;
            }
        }

        if (sites.Count < MostDefinitions)
        {
            sites.Add(site);
        }

        return clash;
    }

    /// <summary>Takes down a file that a map or an ACL loads.</summary>
    internal void Load(ReadOnlySpan<byte> path, in Site site, SectionContext section)
    {
        if (!Contains(SymbolKind.File, path))
        {
            Define(SymbolKind.File, path, site, section, out _);
        }
    }

    private void Grow()
    {
        _heads = new int[2 * _heads.Length];
        for (var i = 0; i < _symbols.Count; i++)
        {
            ref var symbol = ref _symbols[i];
            ref var head = ref _heads[symbol.Hash & (_heads.Length - 1)];
            symbol.Before = head - 1;
            head = i + 1;
        }
    }
}
