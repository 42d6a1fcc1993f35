using System.Collections.Frozen;
using System.Collections.Immutable;
using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Planning;
using HaproxyKit.Diagnostics;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// Judges what must not reach a reload: no listener, an address that cannot be bound, or what HAProxy itself refuses; and whether the change
/// is to blame, or lines that it did not touch.
/// </summary>
internal sealed class CandidateJudge(string path, IConfigChecker checker, BindProbe probe)
{
    private readonly InvocationFiles _files = new(path, checker);

    /// <summary>The frontends that HAProxy has closed: their ports are free to others, and a reload opens them all.</summary>
    internal Func<IReadOnlySet<string>> ClosedFrontends { get; init; } = static () => FrozenSet<string>.Empty;

    /// <summary>The verdict on a configuration that would close every port.</summary>
    internal static CandidateVerdict NoListener { get; } = new(
        false, [Findings.Error(DiagnosticIds.NoListener, "the configuration has no bind: HAProxy would close every port", "keep a frontend or a listen with a bind")]);

    /// <summary>The verdict on changes of the configuration alone.</summary>
    internal Task<CandidateVerdict> JudgeAsync(
        ConfigDocument before, ConfigDocument wanted, RunningState? running, CancellationToken cancellationToken) =>
        JudgeAsync(before, wanted, running, takeFilesBack: null, cancellationToken);

    /// <param name="before">The configuration without the changes in question.</param>
    /// <param name="wanted">The configuration with them.</param>
    /// <param name="running">What HAProxy serves; null where it does not answer.</param>
    /// <param name="takeFilesBack">
    /// Puts back the files that the changes bring, or null where they bring none: a line that names one is to blame for nothing that the file
    /// holds, so that only what was there before tells whose fault it is. After an acceptance they stand as they are.
    /// </param>
    /// <param name="cancellationToken">Ends the check.</param>
    internal async Task<CandidateVerdict> JudgeAsync(
        ConfigDocument before, ConfigDocument wanted, RunningState? running, Func<Task>? takeFilesBack, CancellationToken cancellationToken)
    {
        var content = wanted.ToBytes();
        if (IsBlank(content) || (!ListenerRules.HasListener(wanted) && !await OthersListenAsync(cancellationToken).ConfigureAwait(false)))
        {
            return NoListener;
        }

        var unavailable = Probe(before, wanted, running);
        if (!unavailable.IsEmpty)
        {
            return new CandidateVerdict(false, unavailable);
        }

        var check = await checker.CheckAsync(new ConfigCandidate(path, content), cancellationToken).ConfigureAwait(false);
        if (check.Verdict == CheckVerdict.Accepted)
        {
            return CandidateVerdict.Accepted;
        }

        if (check.Verdict == CheckVerdict.Unavailable)
        {
            return new CandidateVerdict(false, [.. check.Diagnostics], IsUnknown: true);
        }

        await (takeFilesBack?.Invoke() ?? Task.CompletedTask).ConfigureAwait(false);
        var isOthers = (takeFilesBack is null && PointsElsewhere(before, wanted, check.Diagnostics))
            || await RefusesAsync(before, cancellationToken).ConfigureAwait(false);
        ImmutableArray<Diagnostic> diagnostics = isOthers
            ? [Findings.Error(DiagnosticIds.OperatorConfigurationInvalid, "HAProxy refuses lines that this change did not touch", "mend the lines below; the change can be asked for again"), .. check.Diagnostics]
            : [.. check.Diagnostics];
        return new CandidateVerdict(false, diagnostics, isOthers);
    }

    /// <summary>Whether HAProxy refuses a configuration.</summary>
    internal async Task<bool> RefusesAsync(ConfigDocument document, CancellationToken cancellationToken) =>
        (await checker.CheckAsync(new ConfigCandidate(path, document.ToBytes()), cancellationToken).ConfigureAwait(false)).Verdict == CheckVerdict.Refused;

    /// <summary>Whether a file holds nothing: HAProxy takes it, and closes every port.</summary>
    internal static bool IsBlank(ReadOnlySpan<byte> content) => content.IndexOfAnyExcept(" \t\r\n"u8) < 0;

    /// <summary>Too many sockets pass <c>-c</c> too, and make the reload fail like a taken port. To blame are the lines beyond those that have room.</summary>
    private static IEnumerable<Diagnostic> DescribeShortage(ChangedSections changed, RunningState? running)
    {
        var needed = DescriptorNeeds.Of(changed.Wanted) - DescriptorNeeds.Of(changed.Before);
        var free = Math.Max(0, running?.FreeDescriptors ?? long.MaxValue);
        if (needed <= free)
        {
            return [];
        }

        var shortage = Findings.Error(
            DiagnosticIds.TooManyDescriptors,
            $"this needs {needed} descriptors more, and HAProxy may open {free} more",
            "raise HAProxy's limit of open files (LimitNOFILE of its unit, or ulimit -n), or lower maxconn");
        var added = ListenerRules.NewBinds(changed).ToList();
        return added.Count == 0 ? [shortage] : added.Skip((int)(added.Count * free / needed)).Select(pair => shortage with { Location = pair.Location });
    }

    /// <summary>Tries every bind that is new, or that HAProxy has given up for now, with HAProxy's own listeners left out. At most one finding a line.</summary>
    internal ImmutableArray<Diagnostic> Probe(ConfigDocument before, ConfigDocument wanted, RunningState? running)
    {
        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        var changed = ChangedSections.Between(before, wanted);
        var owner = running is null ? null : new ListenerOwner(running.WorkerPid);
        foreach (var (bind, location) in ListenerRules.NewBinds(changed).Concat(ClosedBinds(wanted, owner)))
        {
            var results = ListenerRules.EndPoints(bind).Select(endPoint => probe.Try(endPoint, ListenerRules.IsIPv6Only(bind)));
            if (results.FirstOrDefault(result => !result.IsAvailable && !IsOwn(result, bind, running, owner))?.Diagnostic is { } diagnostic)
            {
                found.Add(diagnostic with { Location = location });
            }
        }

        return found.Count == 0 ? [.. DescribeShortage(changed, running)] : found.ToImmutable();
    }

    private IEnumerable<(Bind Bind, DiagnosticLocation Location)> ClosedBinds(ConfigDocument wanted, ListenerOwner? owner) =>
        owner is null || ClosedFrontends() is not { Count: > 0 } closed ? [] : ListenerRules.BindsOf(wanted, closed);

    /// <summary>
    /// Whether what is taken is taken by HAProxy itself. Where its files belong to another user, a frontend that runs already is believed to be
    /// the one that listens: the file may have lost it.
    /// </summary>
    private static bool IsOwn(BindProbeResult result, Bind bind, RunningState? running, ListenerOwner? owner) =>
        result.Availability == BindAvailability.Taken
        && owner is not null
        && (owner.HoldsAlone(result.EndPoint) ?? running!.IsOpen(bind.Section.Name));

    /// <summary>What the files that HAProxy reads leave out that a reload needs; where it is not known which they are, what this file leaves out.</summary>
    internal async Task<ImmutableArray<Diagnostic>> FindWarningsAsync(ConfigDocument wanted, CancellationToken cancellationToken)
    {
        var others = await _files.ReadOthersAsync(cancellationToken).ConfigureAwait(false);
        return ReloadWarnings.Of([wanted, .. others.Documents], others.IsWhole);
    }

    /// <summary>Whether another of the files that HAProxy reads has a bind. A file of our own alone need not have one.</summary>
    private async Task<bool> OthersListenAsync(CancellationToken cancellationToken) =>
        (await _files.ReadOthersAsync(cancellationToken).ConfigureAwait(false)).Documents.Any(ListenerRules.HasListener);

    /// <summary>Whether every place that HAProxy names lies in a section that is the same before and after.</summary>
    private bool PointsElsewhere(ConfigDocument before, ConfigDocument wanted, IEnumerable<Diagnostic> diagnostics)
    {
        var untouched = before.Sections.Select(section => (section.Kind, section.Name, Text: section.ToString())).ToHashSet();
        var places = diagnostics
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Location is { Line: > 0 })
            .Select(diagnostic => diagnostic.Location!)
            .ToList();
        return places.Count > 0 && places.TrueForAll(place => IsAnotherFile(place) || IsIn(wanted, place.Line, untouched));
    }

    private bool IsAnotherFile(DiagnosticLocation place) =>
        place.File is { } file && !string.Equals(Path.GetFileName(file), Path.GetFileName(path), StringComparison.Ordinal);

    private static bool IsIn(ConfigDocument document, int line, HashSet<(SectionKind, string, string)> sections)
    {
        var first = 1;
        foreach (var section in document.Sections)
        {
            if (line < first + section.LineCount)
            {
                return sections.Contains((section.Kind, section.Name, section.ToString()));
            }

            first += section.LineCount;
        }

        return false;
    }
}
