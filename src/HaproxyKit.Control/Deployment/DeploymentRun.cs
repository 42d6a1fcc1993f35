using System.Collections.Immutable;
using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Planning.Steps;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Telemetry;
using HaproxyKit.Diagnostics;
using Microsoft.Extensions.Logging;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// The way of requests that go together: checked where that is needed, written in one piece, carried out by commands or by one reload, read
/// back, and undone where HAProxy does not follow.
/// </summary>
internal sealed partial class DeploymentRun(
    ConfigFile file,
    DocumentCache documents,
    Composer composer,
    CandidateJudge judge,
    Acceptance acceptance,
    HaproxyObserver observer,
    RuntimeApplier applier,
    ReloadRoad road,
    Reversal reversal,
    ServerDrainages drainages,
    BackgroundCheck backgroundCheck,
    DeploymentStanding standing,
    UnfinishedMarks marks,
    ForeignLines foreign,
    DeployerOptions options,
    ILogger logger)
{
    private static readonly IReadOnlyList<IReadOnlyList<DeploymentTicket>> None = [];

    /// <summary>Carries requests out, and tells each how it ended.</summary>
    /// <returns>Smaller groups to be tried again, where HAProxy did not follow them together and all was undone; mostly none.</returns>
    /// <exception cref="ConfigFileException">The file cannot be read or written; nothing was done.</exception>
    internal async Task<IReadOnlyList<IReadOnlyList<DeploymentTicket>>> RunAsync(Composition composition)
    {
        using var activity = ControlTelemetry.StartRun([.. composition.Tickets.Select(ticket => ticket.Asking)]);
        composition.FileWriter = new ReferencedFileWriter();
        try
        {
            return await CarryThroughAsync(composition).ConfigureAwait(false);
        }
        catch (ConfigFileException)
        {
            await composition.FileWriter.BringAsync([]).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<IReadOnlyList<IReadOnlyList<DeploymentTicket>>> CarryThroughAsync(Composition composition)
    {
        for (var attempt = 1; attempt <= options.MaxWriteAttempts; attempt++)
        {
            composition = await PrepareAsync(composition).ConfigureAwait(false);
            if (composition.Changes.IsEmpty)
            {
                return None;
            }

            if (composition is { Running: null, IsWritten: false } && await observer.IsThereAsync().ConfigureAwait(false))
            {
                // It would go on serving the old lines, and nobody could tell it the new ones.
                return Unreachable(composition, composition.SeenBefore!.Unreachable!);
            }

            using var underWay = standing.Begin();
            using var mark = composition.IsWritten && !composition.Plan.NeedsReload ? null : marks.Begin();
            if (await TryWriteAsync(composition).ConfigureAwait(false))
            {
                standing.Note(composition.Wanted, isNew: !composition.IsWritten);
                composition.Hold = await drainages.HoldAsync(composition.Wanted, composition.Plan.NeedsReload).ConfigureAwait(false);
                try
                {
                    if (await CarryOutAsync(composition).ConfigureAwait(false) is { } again)
                    {
                        return again;
                    }

                    composition.Hold.Resume();
                }
                finally
                {
                    composition.Hold.Abandon();
                }
            }

            // Somebody else wrote the file in between: the same edits on what stands there now.
            var writer = composition.FileWriter;
            composition = await composer.ComposeAsync([.. composition.Tickets], composition.SeenBefore!.IsWhole).ConfigureAwait(false);
            composition.FileWriter = writer;
        }

        await composition.FileWriter.BringAsync([]).ConfigureAwait(false);

        var revision = await file.ReadAsync(CancellationToken.None).ConfigureAwait(false);
        composition.Complete(DeploymentOutcome.Rejected, workerPid: null, result => result with
        {
            Plan = DeploymentPlan.Empty,
            Candidate = null,
            Revision = revision.Hash,
            Diagnostics = [Findings.Error(DiagnosticIds.FileContended, $"{file.Path} was written by others each time it was to be replaced")],
        });
        return None;
    }

    /// <summary>What is accepted of the requests, without those that were withdrawn; from here on they are carried through.</summary>
    private async Task<Composition> PrepareAsync(Composition composition)
    {
        while (!composition.Changes.IsEmpty)
        {
            if (composition is { CheckDuration: null, NeedsCheck: true })
            {
                composition = await acceptance.AcceptAsync(composition, composition.FileWriter).ConfigureAwait(false);
            }

            var kept = composition.Tickets.Where(ticket => ticket.TrySeal()).ToList();
            if (kept.Count == composition.Changes.Length)
            {
                break;
            }

            composition = composition.Of(kept);
        }

        return composition;
    }

    private async Task<bool> TryWriteAsync(Composition composition)
    {
        await composition.FileWriter.BringAsync(composition.Files).ConfigureAwait(false);
        if (composition.IsWritten)
        {
            return true;
        }

        var replacement = await file.ReplaceAsync(composition.Original, composition.Content, CancellationToken.None).ConfigureAwait(false);
        if (replacement.IsConflict)
        {
            return false;
        }

        composition.Written = replacement.Revision;
        documents.Note(replacement.Revision, composition.Wanted);
        return true;
    }

    /// <param name="composition">The requests.</param>
    /// <param name="applied">What was done for them.</param>
    /// <param name="unchanged">The worker that has loaded nothing since the requests were put together, where it still serves.</param>
    /// <param name="remarks">What else there is to say.</param>
    /// <returns>Null where a worker has loaded a file since which may have been somebody else's: the changes do not stand there any more.</returns>
    private async Task<IReadOnlyList<IReadOnlyList<DeploymentTicket>>?> FinishAsync(
        Composition composition, AppliedCommands applied, WorkerIdentity? unchanged, ImmutableArray<Diagnostic> remarks)
    {
        if (applied.Worker is null || applied.Worker != unchanged)
        {
            var now = await file.ReadAsync(CancellationToken.None).ConfigureAwait(false);
            if (!now.HasContentOf(composition.Written) && !composition.IsIn(documents.Of(now)))
            {
                return null;
            }
        }

        if (composition.ReloadDuration is not null)
        {
            marks.Forget();
        }

        standing.NoteClosed(composition.ClosedFrontends, composition.IsManaged);
        var pid = applied.WorkerPid ?? composition.Running?.WorkerPid;
        composition.Hold.Release();
        var draining = drainages.Start(applied.Steps.Select(step => step.Step), composition.Before, composition.Running);
        composition.Complete(DeploymentOutcome.Applied, pid, result => result with
        {
            Reloaded = composition.ReloadDuration is not null,
            AppliedSteps = applied.Of(result.Plan),
            Drainages = [.. draining.Where(drainage => result.Plan.Steps.OfType<ServerStep>().Any(drainage.IsOf))],
            Diagnostics = [.. applied.Remarks, .. remarks],
        });
        if (composition.CheckDuration is null)
        {
            backgroundCheck.Note(composition.Changes);
        }

        return None;
    }

    /// <summary>
    /// HAProxy answers no more. Where it ended, it follows the file when it starts; where it only keeps silent, it goes on serving the old
    /// lines, or what a command has made of them, so these are written back and loaded.
    /// </summary>
    private async Task<IReadOnlyList<IReadOnlyList<DeploymentTicket>>> LoseAsync(Composition composition, Diagnostic why) =>
        await observer.IsThereAsync().ConfigureAwait(false)
            ? await UndoAsync(composition, [why], reload: true).ConfigureAwait(false)
            : Unreachable(composition, why);

    private static IReadOnlyList<IReadOnlyList<DeploymentTicket>> Unreachable(Composition composition, Diagnostic why)
    {
        composition.Complete(DeploymentOutcome.Unreachable, workerPid: null, result => result with
        {
            Diagnostics = [why],
            Reloaded = composition.ReloadDuration is not null,
        });
        return None;
    }

    /// <summary>
    /// Undoes them all. One alone is told so; of several, those that are found to blame now are told, and the rest is to be tried again:
    /// together where some were found, else in halves.
    /// </summary>
    private async Task<IReadOnlyList<IReadOnlyList<DeploymentTicket>>> UndoAsync(
        Composition composition, ImmutableArray<Diagnostic> why, bool reload, bool isOperatorsFault = false)
    {
        LogUndo(composition.Written.Hash, composition.Changes.Length);
        var undone = await reversal.UndoAsync(composition, reload).ConfigureAwait(false);
        if (undone.IsWrittenBack)
        {
            composition.Hold.Resume();
        }

        var draining = drainages.Start(undone.Steps.Select(step => step.Step), composition.Wanted, composition.Running);
        if (composition.Changes.Length > 1 && undone.IsComplete && !isOperatorsFault)
        {
            var again = await composer.ComposeAsync([.. composition.Tickets], whole: true).ConfigureAwait(false);
            var rest = await acceptance.AcceptAsync(again, composition.FileWriter).ConfigureAwait(false);
            await composition.FileWriter.BringAsync([]).ConfigureAwait(false);
            List<DeploymentTicket> left = [.. rest.Tickets];
            return left.Count < composition.Changes.Length ? [left] : [left[..(left.Count / 2)], left[(left.Count / 2)..]];
        }

        composition.Complete(DeploymentOutcome.RolledBack, undone.WorkerPid, result => result with
        {
            Revision = undone.Revision,
            Diagnostics = [.. why, .. undone.Trouble],
            Reloaded = undone.IsReloaded,
            Drainages = [.. draining.Where(drainage => result.Plan.Steps.OfType<AddServer>().Any(drainage.IsOf))],
            IsOperatorsFault = isOperatorsFault,
        });
        return None;
    }
}
