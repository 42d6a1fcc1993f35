using HaproxyKit.Analysis.Rules;
using HaproxyKit.Catalog;

namespace HaproxyKit.Analysis;

/// <summary>The rules about words of a line, found by what the catalog says that a word is.</summary>
internal sealed class ValueRules
{
    /// <summary>Bound methods, which are called without looking for the type of the rule.</summary>
    private readonly ValueCheck?[] _byKind = new ValueCheck?[Enum.GetValues<ValueKind>().Length];

    internal ValueRules(LoadedFileRule files, LateAddressRule late)
    {
        IValueRule[] rules =
        [
            new NumberRule(), new TimeRule(), new SizeRule(), new OnOffRule(), new CommaListRule(), new BindAddressRule(), new ServerAddressRule(late),
            new LogAddressRule(), new NetworkRule(), new ValueOrExpressionRule(), new HexRule(), new OctalRule(), new NumberListRule(),
            new CpuSetRule(), new VariableRule(), new RegexRule(), new ReferenceRule(), new NameRule(), new SampleExpressionRule(), new LogFormatRule(), files,
        ];
        foreach (var rule in rules)
        {
            foreach (var kind in rule.Kinds)
            {
                _byKind[(int)kind] = rule.Check;
            }
        }
    }

    private delegate void ValueCheck(in ValueContext value);

    /// <summary>Judges a word that is a value.</summary>
    internal void CheckValue(LineContext line, int word, SignatureSlot slot, CatalogEntry entry)
    {
        if (_byKind[(int)slot.Kind] is { } check)
        {
            check(new ValueContext(line, word, line.Words[word], slot, entry, line.Words.IsPlain(word) ? 0 : -1));
        }
    }

    /// <summary>Judges a value that is a part of a word.</summary>
    internal void CheckPart(LineContext line, int word, int start, int length, SignatureSlot slot, CatalogEntry entry)
    {
        if (_byKind[(int)slot.Kind] is { } check)
        {
            check(new ValueContext(line, word, line.Words[word].Slice(start, length), slot, entry, line.Words.IsPlain(word) ? start : -1));
        }
    }

    internal static void CheckCondition(LineContext line, int first, CatalogEntry entry) => ConditionRule.Check(line, first, entry);

    internal static void CheckName(LineContext line, int word, CatalogEntry entry) => DeprecationRule.Check(line, word, entry);
}
