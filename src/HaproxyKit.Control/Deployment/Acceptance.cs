using HaproxyKit.Control.Planning;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// Has HAProxy check requests that go together. Where it refuses them all together, they are halved until those to blame are alone: one bad
/// request among many costs a few checks, and no other request anything.
/// </summary>
internal sealed class Acceptance(CandidateJudge judge, ForeignLines foreign, DeployerOptions options, TimeProvider time)
{
    /// <summary>Tells each request to blame that it is rejected.</summary>
    /// <param name="composition">The requests.</param>
    /// <param name="files">Writes the files that HAProxy reads with them, for as long as they are accepted.</param>
    /// <returns>The rest, which HAProxy accepts together; the same composition where that is all of them.</returns>
    internal async Task<Composition> AcceptAsync(Composition composition, ReferencedFileWriter files)
    {
        composition = WithoutHeld(composition);
        if (composition.Changes.IsEmpty || !composition.NeedsCheck)
        {
            return composition;
        }

        var started = time.GetTimestamp();
        var accepted = new List<ComposedChange>();
        var rejected = new List<(DeploymentTicket Ticket, ConfigDocument Candidate, CandidateVerdict Verdict)>();
        await AcceptAsync(composition.Before, [.. composition.Changes], composition.Running, files, accepted, rejected).ConfigureAwait(false);
        composition.CheckDuration = time.GetElapsedTime(started);
        var rest = composition;
        if (rejected.Count > 0)
        {
            await files.BringAsync(Composition.FilesOf(accepted)).ConfigureAwait(false);
            rest = composition.Of(accepted.Select(change => change.Ticket));
            rest.CheckDuration = composition.CheckDuration;
        }

        foreach (var (ticket, candidate, verdict) in rejected)
        {
            var change = composition.Changes.First(change => ReferenceEquals(change.Ticket, ticket));
            ticket.Complete(Rejection(composition, change, candidate, verdict));
        }

        return rest;
    }

    /// <summary>Finds those among changes that HAProxy refuses.</summary>
    /// <param name="before">The document before the first of them.</param>
    /// <param name="changes">The changes, one on the other.</param>
    internal async Task<IReadOnlySet<DeploymentTicket>> FindRefusedAsync(ConfigDocument before, IReadOnlyList<ComposedChange> changes)
    {
        var rejected = new List<(DeploymentTicket Ticket, ConfigDocument Candidate, CandidateVerdict Verdict)>();
        await AcceptAsync(before, changes, running: null, files: null, [], rejected).ConfigureAwait(false);
        return rejected.Where(one => !one.Verdict.IsUnknown).Select(one => one.Ticket).ToHashSet();
    }

    /// <summary>Rejects what needs a reload where that would make live what others have saved, and the options say no.</summary>
    private Composition WithoutHeld(Composition composition)
    {
        if (options.AppliesForeignLines || !composition.Plan.NeedsReload
            || foreign.Find(composition.Running?.WorkerPid, composition.Before, composition.IsManaged) is not [_, ..] lines)
        {
            return composition;
        }

        var rest = composition.Of([]);
        foreach (var change in composition.Changes)
        {
            // A change's own plan stands on those before it, which may be held.
            if (composition.Of(rest.Tickets.Append(change.Ticket)) is { Plan.NeedsReload: false } more)
            {
                rest = more;
                continue;
            }

            change.Ticket.Complete(composition.Result(change, DeploymentOutcome.Rejected, composition.Running?.WorkerPid) with
            {
                Diagnostics = [.. lines.Select(line => line with { Severity = DiagnosticSeverity.Error, Hint = "reload HAProxy, or let our reloads apply such lines (AppliesForeignLines)" })],
                IsOperatorsFault = true,
            });
        }

        return rest;
    }

    /// <summary>Nothing was written: HAProxy refuses it, or is not there to say.</summary>
    private static DeploymentResult Rejection(Composition composition, ComposedChange change, ConfigDocument candidate, CandidateVerdict verdict)
    {
        var outcome = verdict.IsUnknown && composition.Running is null ? DeploymentOutcome.Unreachable : DeploymentOutcome.Rejected;
        return composition.Result(change, outcome, composition.Running?.WorkerPid) with
        {
            Candidate = candidate,
            Diagnostics = verdict.Diagnostics,
            IsOperatorsFault = verdict.IsOperatorsFault,
        };
    }

    /// <returns>The document with all that were accepted.</returns>
    private async Task<ConfigDocument> AcceptAsync(
        ConfigDocument before,
        IReadOnlyList<ComposedChange> changes,
        RunningState? running,
        ReferencedFileWriter? files,
        List<ComposedChange> accepted,
        List<(DeploymentTicket Ticket, ConfigDocument Candidate, CandidateVerdict Verdict)> rejected)
    {
        var composed = Compose(before, changes);
        if (composed.Count == 0)
        {
            return before;
        }

        var wanted = composed[^1].After;
        if (files is not null)
        {
            await files.BringAsync(Composition.FilesOf(accepted.Concat(composed))).ConfigureAwait(false);
        }

        Func<Task>? takeFilesBack = files is null || Composition.FilesOf(composed).IsEmpty ? null : () => files.BringAsync(Composition.FilesOf(accepted));
        var verdict = await judge.JudgeAsync(before, wanted, running, takeFilesBack, CancellationToken.None).ConfigureAwait(false);
        if (verdict.IsAccepted)
        {
            accepted.AddRange(composed);
            return wanted;
        }

        var isAlone = composed.Count == 1 || verdict.IsUnknown
            || (verdict.IsOperatorsFault && await judge.RefusesAsync(before, CancellationToken.None).ConfigureAwait(false));
        if (isAlone)
        {
            rejected.AddRange(composed.Select(change => (change.Ticket, wanted, verdict)));
            return before;
        }

        var half = composed.Count / 2;
        var middle = await AcceptAsync(before, composed[..half], running, files, accepted, rejected).ConfigureAwait(false);
        return await AcceptAsync(middle, composed[half..], running, files, accepted, rejected).ConfigureAwait(false);
    }

    /// <summary>The edits on a document that lacks those of others which were refused.</summary>
    private static List<ComposedChange> Compose(ConfigDocument before, IReadOnlyList<ComposedChange> changes)
    {
        if (changes.Count > 0 && ReferenceEquals(changes[0].Before, before))
        {
            return [.. changes];
        }

        var composed = new List<ComposedChange>();
        foreach (var change in changes)
        {
            if (Composition.Edit(change.Ticket, composed.Count == 0 ? before : composed[^1].After) is { } edited)
            {
                composed.Add(edited);
            }
        }

        return composed;
    }
}
