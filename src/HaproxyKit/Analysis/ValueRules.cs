using HaproxyKit.Analysis.Rules;
using HaproxyKit.Catalog;

namespace HaproxyKit.Analysis;

/// <summary>The rules about words of a line, found by what the catalog says that a word is.</summary>
internal sealed class ValueRules
{
    private readonly IValueRule?[] _byKind = new IValueRule?[Enum.GetValues<ValueKind>().Length];

    internal ValueRules(LoadedFileRule files)
    {
        IValueRule[] rules =
        [
            new NumberRule(), new TimeRule(), new SizeRule(), new OnOffRule(), new CommaListRule(), new BindAddressRule(), new ServerAddressRule(),
            new LogAddressRule(), new NetworkRule(), new ValueOrExpressionRule(), new HexRule(), new OctalRule(), new NumberListRule(),
            new CpuSetRule(), new VariableRule(), new RegexRule(), new ReferenceRule(), new NameRule(), new SampleExpressionRule(), new LogFormatRule(), files,
        ];
        foreach (var rule in rules)
        {
            foreach (var kind in rule.Kinds)
            {
                _byKind[(int)kind] = rule;
            }
        }
    }

    internal void CheckValue(in ValueContext value) => _byKind[(int)value.Slot.Kind]?.Check(value);

    internal static void CheckCondition(in LineContext line, int first, CatalogEntry entry) => ConditionRule.Check(line, first, entry);

    internal static void CheckName(in LineContext line, int word, CatalogEntry entry) => DeprecationRule.Check(line, word, entry);
}
