using System.Collections.Immutable;
using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Planning.Steps;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Diagnostics;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Deployment;

/// <summary>Requests that go together: their edits one after the other on one document, and what HAProxy needs for all of them.</summary>
internal sealed class Composition
{
    private readonly Lazy<ReadOnlyMemory<byte>> _content;
    private readonly Lazy<DeploymentPlan> _plan;
    private readonly Lazy<ImmutableArray<HeldServer>> _held;

    private Composition(ConfigRevision original, ConfigDocument before, ImmutableArray<ComposedChange> changes, Observation? observation)
    {
        Original = original;
        Before = before;
        Changes = changes;
        SeenBefore = observation;
        Written = original;
        _content = new(() => ReferenceEquals(Wanted, Before) ? Original.Content : Wanted.ToBytes());
        _held = new(() => HeldServer.FindIn(this));
        _plan = new(() => Changes is [var only]
            ? only.Plan
            : Finishing(DeploymentPlanner.Plan(Before, Wanted, Running, IsManaged, Files, Changes.IsEmpty ? null : Changes.Max(change => change.Request.DrainGrace), IsClosed, IsOwnMaintenance), observation));
    }

    /// <summary>The file as it was found.</summary>
    internal ConfigRevision Original { get; }

    /// <summary>The document that stands in it.</summary>
    internal ConfigDocument Before { get; }

    internal ImmutableArray<ComposedChange> Changes { get; }

    /// <summary>What HAProxy was like; null where nobody has looked yet.</summary>
    internal Observation? SeenBefore { get; }

    internal RunningState? Running => SeenBefore?.Running;

    internal ConfigDocument Wanted => Changes.IsEmpty ? Before : Changes[^1].After;

    internal ReadOnlyMemory<byte> Content => _content.Value;

    /// <summary>Whether the file holds already what is wanted.</summary>
    internal bool IsWritten => Content.Span.SequenceEqual(Original.Content.Span);

    /// <summary>The document that stands in the file once it is written: the very one that stood there, where nothing had to be.</summary>
    internal ConfigDocument Standing => IsWritten ? Before : Wanted;

    /// <summary>What has to be done for all of them.</summary>
    internal DeploymentPlan Plan => _plan.Value;

    /// <summary>The file as this composition left it.</summary>
    internal ConfigRevision Written { get; set; }

    /// <summary>What writes the files that change with it.</summary>
    internal ReferencedFileWriter FileWriter { get; set; } = new();

    /// <summary>The drainages that are held up for it.</summary>
    internal DrainageHold Hold { get; set; } = DrainageHold.None;

    /// <summary>What HAProxy's files leave out that its reload needs.</summary>
    internal ImmutableArray<Diagnostic> Warnings { get; set; } = [];

    /// <summary>How long HAProxy took to check it; null where it was not asked.</summary>
    internal TimeSpan? CheckDuration { get; set; }

    /// <summary>How long a reload took; null where there was none.</summary>
    internal TimeSpan? ReloadDuration { get; set; }

    /// <summary>The files that change with it; of several of one path the last.</summary>
    internal ImmutableArray<ReferencedFile> Files => FilesOf(Changes);

    internal IEnumerable<DeploymentTicket> Tickets => Changes.Select(change => change.Ticket);

    /// <summary>
    /// Whether HAProxy has to be asked first: for a reload, for lines that are not ours, where nobody is there to tell by reading back,
    /// and where the file would end in the middle of a line, which no plan shows.
    /// </summary>
    internal bool NeedsCheck =>
        Plan.NeedsReload
        || CandidateJudge.IsBlank(Content.Span)
        || (Running is null && !IsWritten)
        || Changes.Any(change => change.NeedsCheck)
        || (!IsWhole(Content.Span) && IsWhole(Original.Content.Span));

    internal bool IsManaged(string proxy)
    {
        foreach (var change in Changes)
        {
            if (change.Request.IsManaged(proxy))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a managed frontend shall be closed: the last request that manages it tells.</summary>
    internal bool IsClosed(string proxy) =>
        Changes.LastOrDefault(change => change.Request.IsManaged(proxy)) is { } last && last.Request.ClosedFrontends.Contains(proxy);

    /// <summary>Whether a server that is out of service is so by the doing of a caller: the last one that manages its backend and knows tells.</summary>
    internal bool? IsOwnMaintenance(string backend, string server) => Changes.Reverse()
        .Select(change => change.Request.IsManaged(backend) ? change.Request.IsOwnMaintenance(backend, server) : null)
        .FirstOrDefault(isOwn => isOwn is not null);

    /// <summary>The frontends that shall be closed.</summary>
    internal ImmutableHashSet<string> ClosedFrontends =>
        [.. Changes.SelectMany(change => change.Request.ClosedFrontends).Where(IsClosed)];

    /// <summary>The files that change with changes; of several of one path the last.</summary>
    internal static ImmutableArray<ReferencedFile> FilesOf(IEnumerable<ComposedChange> changes) =>
        [.. changes.SelectMany(change => change.Request.Files).GroupBy(file => file.Path, StringComparer.Ordinal).Select(group => group.Last())];

    /// <summary>Makes the edits one after the other. A request whose edit throws gets what it threw, and is left out.</summary>
    internal static Composition Draft(ConfigRevision original, ConfigDocument before, IEnumerable<DeploymentTicket> tickets)
    {
        var changes = ImmutableArray.CreateBuilder<ComposedChange>();
        var document = before;
        foreach (var ticket in tickets.Where(ticket => !ticket.IsOver))
        {
            if (!IsExpected(ticket, original, before, document))
            {
                ticket.Complete(AnotherRevision(original));
            }
            else if (Edit(ticket, document) is { } change)
            {
                changes.Add(change);
                document = change.After;
            }
        }

        return new Composition(original, before, changes.ToImmutable(), observation: null);
    }

    /// <summary>One request's edit of a document; null where it threw, which it is told.</summary>
    internal static ComposedChange? Edit(DeploymentTicket ticket, ConfigDocument document)
    {
        var change = TryEdit(ticket, document, out var why);
        if (why is not null)
        {
            ticket.Fail(why);
        }

        return change;
    }

    /// <summary>One request's edit of a document; null where it throws.</summary>
    internal static ComposedChange? TryEdit(DeploymentTicket ticket, ConfigDocument document, out Exception? why)
    {
        why = null;
        try
        {
            var after = ticket.Request.Edit(document);
            return new ComposedChange(ticket, document, after, TouchedSections.Of(document, after, ticket.Request.Files));
        }
        catch (Exception e)
        {
            // The edit is the caller's: whatever it throws is theirs, and no other request's.
            why = e;
            return null;
        }
    }

    /// <summary>Plans every change against what runs.</summary>
    internal Composition Planned(Observation observation)
    {
        var known = new HashSet<DeploymentStep>();
        var planned = Changes.Select(change =>
        {
            var (request, running) = (change.Request, observation.Running);
            var plan = DeploymentPlanner.Plan(change.Before, change.After, running, request.IsManaged, request.Files, request.DrainGrace, request.ClosedFrontends.Contains, request.IsOwnMaintenance);
            return change with { Plan = Finishing(new DeploymentPlan([.. plan.Steps.Where(step => step is ReloadStep || known.Add(step))]), observation) };
        });
        return new Composition(Original, Before, [.. planned], observation);
    }

    /// <summary>The same for some of the requests alone.</summary>
    internal Composition Of(IEnumerable<DeploymentTicket> tickets)
    {
        var part = Draft(Original, Before, tickets).Planned(SeenBefore!);
        part.FileWriter = FileWriter;
        return part;
    }

    /// <summary>
    /// Of servers that HAProxy has out of service: those that are so by our own doing alone. They drain, or the file, which was followed at run
    /// time, has them disabled, or the caller knows. Where a program was ended in the middle of a change, HAProxy may not have followed the file; then
    /// it counts as ours with all that is managed, as somebody's word that is lost does less harm than a server that nobody puts back. For the same
    /// reason the file goes before the caller, who may know only what was served before a program was ended.
    /// </summary>
    /// <returns>Tells it by backend and name; null where the configuration that HAProxy has loaded says more about it.</returns>
    internal Func<string, string, bool?> OutOfService()
    {
        var input = new PlanInput(Before, Wanted, Running, TimeSpan.Zero);
        var isUnfinished = SeenBefore is { IsUnfinished: true };
        return (backend, server) => Hold.Holds(backend, server) || (isUnfinished && IsManaged(backend)) || input.WasDisabled(backend, server) ? true
            : IsOwnMaintenance(backend, server);
    }

    /// <summary>Takes all changes back on whatever the file holds now, the last one first.</summary>
    internal ConfigDocument Undo(ConfigDocument current) =>
        Changes.Reverse().Aggregate(current, (document, change) => change.Undo(document));

    /// <summary>The same, or null where a reverse edit throws: it is the caller's, and undoing tells what it threw.</summary>
    internal ConfigDocument? TryUndo(ConfigDocument current)
    {
        try
        {
            return Undo(current);
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>Whether a document has all changes in it already.</summary>
    internal bool IsIn(ConfigDocument current)
    {
        var document = current;
        foreach (var change in Changes)
        {
            if (TryEdit(change.Ticket, document, out _) is not { } edited)
            {
                return false;
            }

            document = edited.After;
        }

        return ReferenceEquals(document, current) || document.ToBytes().AsSpan().SequenceEqual(current.ToBytes());
    }

    /// <summary>What the new worker must show: all frontends of ours that no disabled line and no condition closes.</summary>
    internal ReloadExpectation Expectation(ReloadReason reason = ReloadReason.Change)
    {
        var open = new HaproxyConfig(Wanted).Sections.OfType<ProxySection>()
            .Where(section => section.Kind is SectionKind.Frontend or SectionKind.Listen && IsManaged(section.Name) && DeploymentPlanner.IsRunAlways(section))
            .Select(section => section.Name)
            .ToHashSet(StringComparer.Ordinal);
        var gone = new HaproxyConfig(Before).Frontends.Select(frontend => frontend.Name)
            .Where(name => IsManaged(name) && !open.Contains(name));
        return new ReloadExpectation
        {
            Frontends = [.. open.Where(name => !IsClosed(name))],
            ClosableFrontends = [.. open.Where(IsClosed)],
            GoneFrontends = [.. gone],
            Reason = reason,
        };
    }

    /// <summary>Tells every request how it ended.</summary>
    internal void Complete(DeploymentOutcome outcome, int? workerPid, Func<DeploymentResult, DeploymentResult>? more = null)
    {
        foreach (var change in Changes)
        {
            var isUntouched = outcome == DeploymentOutcome.Applied && change.Touched.IsEmpty && change.Plan.IsEmpty;
            var result = Result(change, isUntouched ? DeploymentOutcome.Unchanged : outcome, workerPid);
            if (outcome == DeploymentOutcome.Applied && Running is { } running)
            {
                result = result with { HeldServers = _held.Value, SeenProxies = running.Scope };
            }

            change.Ticket.Complete(more?.Invoke(result) ?? result);
        }
    }

    internal DeploymentResult Result(ComposedChange change, DeploymentOutcome outcome, int? workerPid) => new()
    {
        Outcome = outcome,
        Plan = change.Plan.NeedsReload ? change.Plan with { Warnings = Warnings } : change.Plan,
        Warnings = Warnings,
        Candidate = Wanted,
        Revision = Written.Hash,
        WorkerPid = workerPid,
        CheckDuration = CheckDuration,
        ReloadDuration = ReloadDuration,
    };

    internal void Fail(Exception why)
    {
        foreach (var ticket in Tickets)
        {
            ticket.Fail(why);
        }
    }

    private static bool IsExpected(DeploymentTicket ticket, ConfigRevision original, ConfigDocument before, ConfigDocument document) =>
        ticket.Request.ExpectedRevision is not { } expected
        || (ReferenceEquals(before, document) && string.Equals(expected, original.Hash, StringComparison.OrdinalIgnoreCase));

    /// <summary>What HAProxy follows of a change that was broken off shows in no proxy where it was in <c>global</c>, say.</summary>
    private static DeploymentPlan Finishing(DeploymentPlan plan, Observation? observation) =>
        observation is { IsUnfinished: true, Running: not null }
            ? new DeploymentPlan([new ReloadStep("a program was ended while it changed the file, so what HAProxy has loaded is not known"), .. plan.Steps])
            : plan;

    private static DeploymentResult AnotherRevision(ConfigRevision original) => new()
    {
        Outcome = DeploymentOutcome.Rejected,
        Revision = original.Hash,
        Diagnostics = [Findings.Error(DiagnosticIds.FileContended, $"{original.ResolvedPath} is not the revision that the change was made for", "read the file again, and make the change anew")],
    };

    /// <summary>Whether a file can be read to its end: what planning does not see makes HAProxy refuse it all the same.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> content) => content is [.., (byte)'\n'] && !content.Contains((byte)0);
}
