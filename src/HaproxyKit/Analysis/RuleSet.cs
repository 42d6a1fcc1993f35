using HaproxyKit.Analysis.Rules;
using HaproxyKit.Catalog;

namespace HaproxyKit.Analysis;

/// <summary>The rules of one analysis; line rules are found by their keywords.</summary>
internal sealed class RuleSet
{
    /// <summary>Bound methods, which are called without looking for the type of the rule.</summary>
    private readonly Dictionary<SymbolKey, Action<LineContext>[]> _byKeyword;
    private readonly Dictionary<SymbolKey, Action<LineContext>[]>.AlternateLookup<SymbolQuery> _lookup;
    private readonly Action<LineContext>[] _ofHeaders;
    private readonly Action<SectionContext, AnalysisRun>[] _ofSections;
    private Action<LineContext>[]?[] _byEntry = new Action<LineContext>[]?[4096];

    internal RuleSet()
    {
        var (certificates, required, userlists) = (new BindCertificateRule(), new RequiredLineRule(), new UserlistRule());
        var (ports, verification, tables) = (new CheckPortRule(), new ServerVerifyRule(), new ImplicitTableRule());
        var (stats, unreachable, order) = (new StatsRule(), new UnreachableRule(), new RuleOrderRule());
        var (checks, late, files) = (new CheckOrderRule(), new LateAddressRule(), new LoadedFileRule());
        Values = new ValueRules(files, late);
        ILineRule[] lineRules =
        [
            new SectionFactsRule(), new AclRule(), new ServerNameRule(), new RepeatedSettingRule(), certificates, required, userlists, ports,
            verification, tables, stats, unreachable, order, new AdminSocketRule(), new VerifyNoneRule(), new PlainPasswordRule(), new LogRule(), files,
            checks, late,
        ];
        // A section cannot begin with itself: its name is known to those behind it.
        _ofHeaders = [new SectionHeaderRule(Values).Check, new DefaultsReferenceRule().Check, new SectionNameRule().Check];
        ISectionRule[] sectionRules = [certificates, required, userlists, ports, tables, stats, unreachable, order, checks, late, new TimeoutRule()];
        _ofSections = Array.ConvertAll(sectionRules, rule => (Action<SectionContext, AnalysisRun>)rule.Check);
        OfReferences = [new UndefinedReferenceRule(), new ProxyModeRule()];
        OfConfiguration = [verification, new UnusedAclRule(), files];
        _byKeyword = lineRules
            .SelectMany(rule => rule.Keywords.Select(keyword => (keyword, check: (Action<LineContext>)rule.Check)))
            .GroupBy(pair => pair.keyword, pair => pair.check)
            .ToDictionary(
                group => new SymbolKey(default, 0, System.Text.Encoding.UTF8.GetBytes(group.Key)),
                group => group.ToArray(),
                new SymbolKeyComparer());
        _lookup = _byKeyword.GetAlternateLookup<SymbolQuery>();
    }

    internal ValueRules Values { get; }

    internal IReferenceRule[] OfReferences { get; }

    internal IConfigurationRule[] OfConfiguration { get; }

    /// <summary>Hands a line to the rules about its keyword.</summary>
    /// <param name="line">The line.</param>
    /// <param name="entry">What the catalog says of its keyword, or no entry.</param>
    internal void Check(LineContext line, CatalogEntry entry)
    {
        foreach (var check in ChecksOf(line, entry))
        {
            check(line);
        }
    }

    internal void CheckHeader(LineContext line)
    {
        foreach (var check in _ofHeaders)
        {
            check(line);
        }
    }

    internal void CheckSection(SectionContext section, AnalysisRun run)
    {
        foreach (var check in _ofSections)
        {
            check(section, run);
        }
    }

    private Action<LineContext>[] ChecksOf(LineContext line, CatalogEntry entry)
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
}
