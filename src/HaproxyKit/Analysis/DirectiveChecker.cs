using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Analysis;

/// <summary>
/// Fits a line to what the catalog says of its keyword, and hands each word to the rules about its kind of value.
/// </summary>
internal ref struct DirectiveChecker(LineContext line, ValueRules rules) : ISignatureSink
{
    private readonly LineContext _line = line;
    private int _condition = -1;

    internal static void Check(LineContext line, in NameMatch name, ValueRules rules)
    {
        var checker = new DirectiveChecker(line, rules);
        var words = new LineWordSource(line.Words, name.ArgumentIndex);
        SignatureMatcher.Match(in name, line.Words.WordAt(name.ArgumentIndex - 1), ref words, ref checker);
        if (checker._condition >= 0)
        {
            ValueRules.CheckCondition(line, checker._condition, name.Entry);
        }
    }

    public readonly void Name(scoped in Word word, int index, CatalogEntry entry) => ValueRules.CheckName(_line, index, entry);

    public readonly void Literal(scoped in Word word, int index, CatalogEntry entry)
    {
    }

    public void Value(scoped in Word word, int index, SignatureSlot slot, CatalogEntry entry)
    {
        if (slot.Kind == ValueKind.Condition)
        {
            _condition = _condition < 0 ? index : _condition;
        }
        else if (!word.HasVariables)
        {
            rules.CheckValue(_line, index, slot, entry);
        }
        else if (_line.Words[index].IndexOf("map"u8) >= 0)
        {
            _line.Run.Symbols.MayLoadMore = true;
        }
    }

    public readonly void Parameter(
        scoped in Word word, int index, scoped ReadOnlySpan<byte> text, SignatureSlot slot, CatalogEntry entry)
    {
        var at = _line.Words[index].IndexOf(text);
        if (at >= 0)
        {
            rules.CheckPart(_line, index, at, text.Length, slot, entry);
        }
    }

    public readonly void Missing(int index, scoped in SignatureExpectation expected, CatalogEntry entry) => _line.Report(
        MayLackValue(entry) ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error, DiagnosticIds.MissingArgument, Math.Min(index, _line.Words.Count),
        expected.ToString() is { Length: > 0 } what ? $"'{Named(entry)}' ends too early; expected {what}" : $"'{Named(entry)}' ends too early",
        Usage(entry));

    public readonly void Unexpected(scoped in Word word, int index, scoped in SignatureExpectation expected, CatalogEntry entry)
    {
        var what = expected.ToString();
        var nearest = _line.Run.MayGuess() ? expected.Nearest(_line.Words[index]) : null;
        _line.Error(
            DiagnosticIds.UnexpectedArgument, index,
            what.Length == 0
                ? $"'{_line.Text(index)}' is one word too many for '{Named(entry)}'"
                : $"'{Named(entry)}' knows no '{_line.Text(index)}' here",
            nearest is not null ? $"did you mean '{nearest}'?" : what.Length == 0 ? Usage(entry) : $"expected: {what}");
    }

    /// <summary>HAProxy takes the end of the line for 0, or for nothing, behind these.</summary>
    private static bool MayLackValue(CatalogEntry entry) =>
        entry.Class == EntryClass.ServerWord && entry.Name is "weight" or "maxconn" or "minconn" or "maxqueue" or "init-addr";

    private static string Named(CatalogEntry entry) => entry.Exists ? entry.Name : "the line";

    private static string? Usage(CatalogEntry entry) =>
        entry.Exists && entry.Signature.Text is { Length: > 0 } text ? $"{entry.Name} {text}" : null;
}
