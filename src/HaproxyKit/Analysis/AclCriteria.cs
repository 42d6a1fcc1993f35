using System.Text;
using HaproxyKit.Catalog;
using HaproxyKit.Expressions;

namespace HaproxyKit.Analysis;

/// <summary>The criteria of ACLs that a version of HAProxy knows beside its sample fetches (manual, chapter 7.1).</summary>
internal sealed class AclCriteria
{
    private readonly Dictionary<SymbolKey, AclCriterion> _byName = new(new SymbolKeyComparer());
    private readonly Dictionary<SymbolKey, AclCriterion>.AlternateLookup<SymbolQuery> _lookup;

    internal AclCriteria(HaproxyCatalog catalog)
    {
        foreach (var alias in catalog.Entries(EntryClass.AclAlias))
        {
            _byName[new SymbolKey(default, 0, alias.NameBytes.ToArray())] = Read(catalog, alias.Meaning ?? "");
        }

        _lookup = _byName.GetAlternateLookup<SymbolQuery>();
    }

    internal AclCriterion? Find(ReadOnlySpan<byte> name) =>
        _lookup.TryGetValue(new SymbolQuery(default, 0, name), out var criterion) ? criterion : null;

    /// <summary>Reads what an alias stands for, such as <c>req.hdr -m dom</c>.</summary>
    private static AclCriterion Read(HaproxyCatalog catalog, string meaning)
    {
        var words = meaning.Split(' ');
        var method = words is [_, "-m", var name] && AclMatchMethods.TryParse(Encoding.UTF8.GetBytes(name), out var named)
            ? named
            : AclMatchMethod.Unspecified;

        var hasArguments = words[0].Contains('(', StringComparison.Ordinal);
        return catalog.TryFind(EntryClass.Fetch, Encoding.UTF8.GetBytes(words[0].Split('(')[0]), out var fetch)
            ? new AclCriterion(hasArguments ? default : fetch, fetch.OutputType, method)
            : new AclCriterion(default, SampleType.Any, method);
    }
}
