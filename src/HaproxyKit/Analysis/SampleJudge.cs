using System.Text;
using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;
using HaproxyKit.Expressions;

namespace HaproxyKit.Analysis;

/// <summary>
/// Judges sample expressions: whether fetch and converters exist, take these arguments, and fit to one another, and
/// whether the fetch has anything to say at this place (configuration manual, chapter 7.3).
/// </summary>
internal static class SampleJudge
{
    /// <summary>Judges an expression in a value.</summary>
    /// <param name="value">The value, which the expression fills, or in which it stands.</param>
    /// <param name="start">Where in the value it begins.</param>
    /// <param name="endsAtBracket">Whether it ends at <c>]</c>, in a log format.</param>
    /// <param name="where">Where the fetch is evaluated; <see cref="RuleContexts.None"/> where that does not matter.</param>
    /// <returns>The type of what the expression gives; <see cref="SampleType.None"/> where it is wrong.</returns>
    internal static SampleType Judge(in ValueContext value, int start, bool endsAtBracket, RuleContexts where)
    {
        var run = value.Line.Run;
        if (!endsAtBracket && run.Samples.TryGet(value.Value[start..], where, out var type))
        {
            return type;
        }

        var (references, findings) = (run.References.Count, run.FindingCount);
        type = JudgeAnew(value, start, endsAtBracket, where);
        if (!endsAtBracket && run.References.Count == references && run.FindingCount == findings)
        {
            run.Samples.Add(value.Value[start..], where, type);
        }

        return type;
    }

    private static SampleType JudgeAnew(in ValueContext value, int start, bool endsAtBracket, RuleContexts where)
    {
        var scanner = new SampleExpressionScanner(value.Value, start, endsAtBracket);
        var type = SampleType.Any;
        while (scanner.MoveNext())
        {
            var name = value.Value.Slice(scanner.Name.Start, scanner.Name.Length);
            var entry = Find(value, scanner, name);
            if (!entry.Exists)
            {
                return SampleType.None;
            }

            if (!SampleArgumentJudge.Check(value, scanner, entry)
                || (scanner.IsFetch ? !IsLegal(value, scanner, entry, where) : !IsApplicable(value, scanner, entry, type)))
            {
                return SampleType.None;
            }

            Load(value, scanner, name);
            type = entry.OutputType == SampleType.Same ? type : entry.OutputType;
        }

        if (scanner.Error.IsError)
        {
            value.Report(
                DiagnosticSeverity.Error, DiagnosticIds.InvalidExpression, scanner.Error.Position, 1,
                $"HAProxy cannot read this expression: {scanner.Error.Message}");
            return SampleType.None;
        }

        return type;
    }

    /// <summary>Takes down the file that a converter such as <c>map_dom(FILE)</c> loads.</summary>
    internal static void Load(in ValueContext value, SampleExpressionScanner call, ReadOnlySpan<byte> name)
    {
        var arguments = new SampleArgumentScanner(value.Value, call.Arguments).GetEnumerator();
        if (!call.IsFetch && name.StartsWith("map"u8) && arguments.MoveNext())
        {
            var path = value.Value.Slice(arguments.Current.Start, arguments.Current.Length);
            value.Line.Run.Symbols.Load(
                path.ContainsAny("\"'\\"u8) ? Encoding.UTF8.GetBytes(SampleArgumentText.Decode(path)) : path,
                value.Line.SiteOf(value.Word),
                value.Line.Section);
        }
    }

    private static CatalogEntry Find(in ValueContext value, SampleExpressionScanner scanner, ReadOnlySpan<byte> name)
    {
        var @class = scanner.IsFetch ? EntryClass.Fetch : EntryClass.Converter;
        var catalog = value.Line.Run.Catalog;
        if (catalog.TryFind(@class, name, out var entry))
        {
            return entry;
        }

        var text = Encoding.UTF8.GetString(name);
        value.Report(
            DiagnosticSeverity.Error, DiagnosticIds.UnknownSample, scanner.Name.Start, scanner.Name.Length,
            HaproxyCatalog.AllVersions.TryFind(@class, name, out var other)
                ? $"HAProxy {value.Line.Run.Version} has no {(scanner.IsFetch ? "sample fetch" : "converter")} '{text}' (since {other.Since})"
                : $"there is no {(scanner.IsFetch ? "sample fetch" : "converter")} named '{text}'",
            value.Line.Run.MayGuess() && catalog.Nearest(@class, name) is { } nearest ? $"did you mean '{nearest}'?" : null);
        return default;
    }

    private static bool IsLegal(in ValueContext value, SampleExpressionScanner scanner, CatalogEntry entry, RuleContexts where)
    {
        if (where == RuleContexts.None || entry.Contexts == RuleContexts.None || (entry.Contexts & where) != 0)
        {
            return true;
        }

        value.Report(
            DiagnosticSeverity.Error, DiagnosticIds.SampleNotAvailable, scanner.Name.Start, scanner.Name.Length,
            $"'{entry.Name}' is not known yet, or no longer, where '{value.Owner}' is carried out");
        return false;
    }

    private static bool IsApplicable(in ValueContext value, SampleExpressionScanner scanner, CatalogEntry entry, SampleType type)
    {
        if (SampleCasts.Exists(type, entry.InputType, value.Line.Run.Version))
        {
            return true;
        }

        value.Report(
            DiagnosticSeverity.Error, DiagnosticIds.SampleTypeMismatch, scanner.Name.Start, scanner.Name.Length,
            $"the converter '{entry.Name}' takes {Named(entry.InputType)}, and gets {Named(type)}");
        return false;
    }

    private static string Named(SampleType type) => type switch
    {
        SampleType.Boolean => "a boolean",
        SampleType.Number => "a number",
        SampleType.Address => "an address",
        SampleType.Ipv4 => "an IPv4 address",
        SampleType.Ipv6 => "an IPv6 address",
        SampleType.Text => "text",
        SampleType.Binary => "bytes",
        SampleType.Method => "an HTTP method",
        _ => "anything",
    };
}
