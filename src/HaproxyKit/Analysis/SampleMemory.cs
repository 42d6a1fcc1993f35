using HaproxyKit.Catalog;

namespace HaproxyKit.Analysis;

/// <summary>
/// Remembers expressions that were found to be right, so that the same one is judged once at each kind of place.
/// Those that refer to proxies are judged anew, as each use is a reference.
/// </summary>
internal sealed class SampleMemory
{
    private const int Longest = 256;

    private readonly Dictionary<SymbolKey, SampleType> _types = new(new SymbolKeyComparer());
    private readonly Dictionary<SymbolKey, SampleType>.AlternateLookup<SymbolQuery> _lookup;

    internal SampleMemory() => _lookup = _types.GetAlternateLookup<SymbolQuery>();

    internal bool TryGet(ReadOnlySpan<byte> expression, RuleContexts where, out SampleType type) =>
        _lookup.TryGetValue(new SymbolQuery(default, (int)where, expression), out type);

    internal void Add(ReadOnlySpan<byte> expression, RuleContexts where, SampleType type)
    {
        if (expression.Length <= Longest)
        {
            _lookup[new SymbolQuery(default, (int)where, expression)] = type;
        }
    }
}
