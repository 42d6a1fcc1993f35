using HaproxyKit.Catalog;

namespace HaproxyKit.Analysis;

/// <summary>
/// Remembers expressions that were found to be right, so that the same one is judged once at each kind of place.
/// Those that refer to proxies are judged anew, as each use is a reference.
/// </summary>
/// <typeparam name="T">What is known of an expression.</typeparam>
internal sealed class SampleMemory<T>
    where T : struct
{
    private const int Longest = 256;

    private readonly Dictionary<SymbolKey, T> _judged = new(new SymbolKeyComparer());
    private readonly Dictionary<SymbolKey, T>.AlternateLookup<SymbolQuery> _lookup;

    internal SampleMemory() => _lookup = _judged.GetAlternateLookup<SymbolQuery>();

    internal bool TryGet(ReadOnlySpan<byte> expression, RuleContexts where, out T judged) =>
        _lookup.TryGetValue(new SymbolQuery(default, (int)where, expression), out judged);

    internal void Add(ReadOnlySpan<byte> expression, RuleContexts where, T judged)
    {
        if (expression.Length <= Longest)
        {
            _lookup[new SymbolQuery(default, (int)where, expression)] = judged;
        }
    }
}
