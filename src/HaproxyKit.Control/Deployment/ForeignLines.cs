using System.Collections.Immutable;
using System.Text;
using HaproxyKit.Control.Planning;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// What somebody else has saved in sections that are not ours since HAProxy loaded the file: it is not served yet, and a reload of ours
/// would make it live.
/// </summary>
internal sealed class ForeignLines
{
    private readonly Lock _changing = new();
    private (int WorkerPid, ConfigDocument Document)? _loaded;

    /// <summary>Notes what a worker that was not known before has probably loaded: of a reload that was not ours the file of now is all that is known.</summary>
    internal void NoteSeen(int workerPid, ConfigDocument document)
    {
        lock (_changing)
        {
            if (_loaded?.WorkerPid != workerPid)
            {
                _loaded = (workerPid, document);
            }
        }
    }

    /// <summary>Notes what a worker has loaded.</summary>
    internal void NoteLoaded(int workerPid, ConfigDocument document)
    {
        lock (_changing)
        {
            _loaded = (workerPid, document);
        }
    }

    /// <summary>Notes that a worker follows changes of ours without having loaded the file: what it has loaded counts as changed by them alone.</summary>
    internal void NoteFollowed(int workerPid, Composition composition)
    {
        lock (_changing)
        {
            if (_loaded is { } known && known.WorkerPid == workerPid)
            {
                _loaded = (workerPid, ReferenceEquals(known.Document, composition.Before)
                    ? composition.Wanted
                    : composition.Tickets.Aggregate(known.Document, static (document, ticket) => Composition.TryEdit(ticket, document, out _)?.After ?? document));
            }
        }
    }

    /// <summary>The sections that are not loaded as they stand, as warnings at their places.</summary>
    /// <param name="workerPid">Who serves; null where nobody answers.</param>
    /// <param name="document">What the file holds.</param>
    /// <param name="isManaged">Tells our sections.</param>
    internal ImmutableArray<Diagnostic> Find(int? workerPid, ConfigDocument document, Func<string, bool> isManaged)
    {
        ConfigDocument loaded;
        lock (_changing)
        {
            if (_loaded is not { } known || known.WorkerPid != workerPid || ReferenceEquals(known.Document, document))
            {
                return [];
            }

            loaded = known.Document;
        }

        var before = Without(loaded, document, isManaged);
        var now = Without(document, loaded, isManaged);
        var there = before.Select(TextOf).ToHashSet();
        var still = now.Select(TextOf).ToHashSet();
        return
        [
            .. now.Where(section => !there.Contains(TextOf(section))).Select(section => Finding(section, document, "has changed")),
            .. before.Where(section => !still.Contains(TextOf(section)) && !now.Exists(other => (other.Kind, other.Name) == (section.Kind, section.Name)))
                .Select(section => Finding(section, place: null, "has been taken out")),
        ];
    }

    /// <summary>The operator's sections of a document that another one does not share.</summary>
    private static List<SectionSyntax> Without(ConfigDocument document, ConfigDocument other, Func<string, bool> isManaged)
    {
        var shared = other.Sections.ToHashSet<SectionSyntax>(ReferenceEqualityComparer.Instance);
        return [.. document.Sections.Where(section => !shared.Contains(section) && !(TouchedSections.IsProxy(section) && isManaged(section.Name)))];
    }

    /// <summary>What HAProxy reads of a section: no comments, no blank lines, no indentation.</summary>
    private static (SectionKind, string, string) TextOf(SectionSyntax section) => (section.Kind, section.Name, string.Join('\n', section.Lines
        .Where(line => line.Kind is not (LineKind.Blank or LineKind.Comment))
        .Select(line => Encoding.Latin1.GetString(line.Bytes.Span).Trim())));

    private static Diagnostic Finding(SectionSyntax section, ConfigDocument? place, string what) =>
        Findings.Warning(
            DiagnosticIds.LinesNotLoaded,
            $"{$"{SectionKeywords.KeywordOf(section.Kind)} {section.Name}".TrimEnd()} {what} in the file since HAProxy loaded it: a reload makes that live") with
        {
            Location = place is null ? null : new DiagnosticLocation { File = place.Path, Line = LineOf(place, section) },
        };

    private static int LineOf(ConfigDocument document, SectionSyntax section)
    {
        var ordinal = document.Sections.Index().First(pair => ReferenceEquals(pair.Item, section)).Index;
        return document.GetPosition(ordinal).Line + section.HeaderLine;
    }
}
