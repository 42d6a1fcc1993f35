using HaproxyKit.Analysis.Rules;
using HaproxyKit.Catalog;

namespace HaproxyKit.Analysis;

/// <summary>The rules of one analysis; line rules are found by their keywords.</summary>
internal sealed class RuleSet
{
    private readonly Dictionary<SymbolKey, ILineRule[]> _byKeyword;
    private readonly Dictionary<SymbolKey, ILineRule[]>.AlternateLookup<SymbolQuery> _lookup;
    private readonly ILineRule[] _ofHeaders;
    private ILineRule[]?[] _byEntry = new ILineRule[]?[4096];

    internal RuleSet()
    {
        var (certificates, required, userlists) = (new BindCertificateRule(), new RequiredLineRule(), new UserlistRule());
        var (ports, verification, tables) = (new CheckPortRule(), new ServerVerifyRule(), new ImplicitTableRule());
        var (stats, unreachable, order) = (new StatsRule(), new UnreachableRule(), new RuleOrderRule());
        var files = new LoadedFileRule();
        Values = new ValueRules(files);
        ILineRule[] lineRules =
        [
            new SectionFactsRule(), new AclRule(), new ServerNameRule(), new RepeatedSettingRule(), certificates, required, userlists, ports,
            verification, tables, stats, unreachable, order, new AdminSocketRule(), new VerifyNoneRule(), new PlainPasswordRule(), new LogRule(), files,
        ];
        // A section cannot begin with itself: its name is known to those behind it.
        _ofHeaders = [new DefaultsReferenceRule(), new SectionNameRule()];
        OfSections = [certificates, required, userlists, ports, tables, stats, unreachable, order, new TimeoutRule()];
        OfConfiguration = [new UndefinedReferenceRule(), verification, new ProxyModeRule(), new UnusedAclRule(), files];
        _byKeyword = lineRules
            .SelectMany(rule => rule.Keywords.Select(keyword => (keyword, rule)))
            .GroupBy(pair => pair.keyword, pair => pair.rule)
            .ToDictionary(
                group => new SymbolKey(default, 0, System.Text.Encoding.UTF8.GetBytes(group.Key)),
                group => group.ToArray(),
                new SymbolKeyComparer());
        _lookup = _byKeyword.GetAlternateLookup<SymbolQuery>();
    }

    internal ValueRules Values { get; }

    internal SectionHeaderRule Headers => field ??= new SectionHeaderRule(Values);

    internal ISectionRule[] OfSections { get; }

    internal IConfigurationRule[] OfConfiguration { get; }

    /// <summary>Hands a line to the rules about its keyword.</summary>
    /// <param name="line">The line.</param>
    /// <param name="entry">What the catalog says of its keyword, or no entry.</param>
    internal void Check(in LineContext line, CatalogEntry entry)
    {
        foreach (var rule in RulesOf(line, entry))
        {
            rule.Check(line);
        }
    }

    private ILineRule[] RulesOf(in LineContext line, CatalogEntry entry)
    {
        if (!entry.Exists)
        {
            return _lookup.TryGetValue(new SymbolQuery(default, 0, line.Keyword), out var unknown) ? unknown : [];
        }

        // The hash code of an entry is its number, which is small.
        var number = entry.GetHashCode();
        if (number >= _byEntry.Length)
        {
            Array.Resize(ref _byEntry, number * 2);
        }

        return _byEntry[number] ??= _lookup.TryGetValue(new SymbolQuery(default, 0, line.Keyword), out var found) ? found : [];
    }

    internal void CheckHeader(in LineContext line)
    {
        foreach (var rule in _ofHeaders)
        {
            rule.Check(line);
        }
    }
}
