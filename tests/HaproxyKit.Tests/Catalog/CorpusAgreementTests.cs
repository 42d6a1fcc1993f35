using HaproxyKit.Catalog;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;
using HaproxyKit.Tests.Support;

namespace HaproxyKit.Tests.Catalog;

/// <summary>What HAProxy accepts, the catalog knows.</summary>
public sealed class CorpusAgreementTests
{
    public static TheoryData<string> Branches => [.. HaproxyPrograms.Branches];

    [Theory]
    [MemberData(nameof(Branches))]
    public void Match_every_line_that_HAProxy_accepts_fits(string branch)
    {
        Assert.True(HaproxyVersion.TryParse(branch, out var version));
        var catalog = HaproxyCatalog.For(version);
        var environment = new Dictionary<string, string>();
        // Without -V a file with "quiet" in it is refused without a word.
        var accepted = Testing.Corpus.Files()
            .Where(file => !HasConditions(file))
            .Where(file => !HaproxyCheck.Run(HaproxyPrograms.Of(branch), ["-V", "-f", file.Path], environment).Messages.HasAlert)
            .ToList();
        Assert.NotEmpty(accepted);
        Assert.Empty(accepted.SelectMany(file => Complaints(catalog, file)));
    }

    /// <summary>What stands in a block that is left out may be anything.</summary>
    private static bool HasConditions(CorpusFile file) =>
        ConfigDocument.Parse(file.Bytes.Span).Sections.SelectMany(section => section.Lines).Any(line => line.Kind == LineKind.Dot);

    private static IEnumerable<string> Complaints(HaproxyCatalog catalog, CorpusFile file) =>
        ConfigDocument.Parse(file.Bytes.Span).Sections.SelectMany(section => section.Lines.Select((line, index) => (section, line, index)))
            .Where(place => place.line.Kind is LineKind.Section or LineKind.Directive)
            .Select(place => Complaint(catalog, place.section, place.line, place.index) is { } complaint
                ? $"{file.Name}: {place.line.ToString().Trim()}: {complaint}"
                : null)
            .OfType<string>();

    private static string? Complaint(HaproxyCatalog catalog, SectionSyntax section, ConfigLine line, int index)
    {
        var isHeader = index == section.HeaderLine;
        var found = isHeader ? catalog.FindSection(line.Bytes.Span) : catalog.FindDirective(section.Kind, line.Bytes.Span);
        if (found.Status != LookupStatus.Found)
        {
            return found.Status == LookupStatus.Indeterminate ? null : found.Status.ToString();
        }

        var sink = new RecordingSink();
        var outcome = SignatureMatcher.Match(in found, ref sink);
        return outcome is MatchOutcome.Complete or MatchOutcome.Indeterminate ? null : sink.Told[^1];
    }
}
