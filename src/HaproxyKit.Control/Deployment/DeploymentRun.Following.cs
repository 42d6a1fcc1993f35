using System.Collections.Immutable;
using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Control.Deployment;

/// <content>How HAProxy is made to follow what was written: at run time, by a reload, and by what is seen of it afterwards.</content>
internal sealed partial class DeploymentRun
{
    /// <returns>Smaller groups to be tried again; null where somebody else wrote the file, and had HAProxy load that, before it followed ours.</returns>
    private async Task<IReadOnlyList<IReadOnlyList<DeploymentTicket>>?> CarryOutAsync(Composition composition)
    {
        if (composition.Running is null)
        {
            return Unreachable(composition, composition.SeenBefore!.Unreachable!);
        }

        if (composition.Plan.NeedsReload)
        {
            return await ReloadAsync(composition).ConfigureAwait(false);
        }

        var seen = composition.SeenBefore!;
        var applied = composition.Plan.IsEmpty
            ? AppliedCommands.None(seen.Worker)
            : await applier.ApplyAsync(composition.Plan, seen.Worker).ConfigureAwait(false);
        if (applied.IsDone && applied.Worker is { } worker && (worker != seen.Worker || seen.IsWhole))
        {
            applied = worker == seen.Worker ? Compared(composition, applied) : await CompareWholeAsync(composition, applied).ConfigureAwait(false);
        }

        if (!applied.IsDone)
        {
            return await FallBackAsync(composition, applied.Reason).ConfigureAwait(false);
        }

        observer.NoteFollowed(applied.Worker, composition.Before, composition.Standing);
        if (applied.Worker?.WorkerPid is { } pid)
        {
            foreign.NoteFollowed(pid, composition);
        }

        return await FinishAsync(composition, applied, seen.Worker, remarks: []).ConfigureAwait(false);
    }

    /// <summary>The Runtime API did not do, so HAProxy reads the file: after it has checked it.</summary>
    private async Task<IReadOnlyList<IReadOnlyList<DeploymentTicket>>?> FallBackAsync(Composition composition, string reason)
    {
        LogFallBack(reason);
        if (!options.AppliesForeignLines && foreign.Find(composition.Running?.WorkerPid, composition.Before, composition.IsManaged) is [_, ..] held)
        {
            return await UndoAsync(composition, [Findings.Error(DiagnosticIds.RuntimeRefused, reason), .. held], reload: false, isOperatorsFault: true).ConfigureAwait(false);
        }

        Func<Task>? takeFilesBack = composition.Files.IsEmpty ? null : () => composition.FileWriter.BringAsync([]);
        var verdict = await judge.JudgeAsync(composition.Before, composition.Wanted, composition.Running, takeFilesBack, CancellationToken.None).ConfigureAwait(false);
        if (!verdict.IsAccepted)
        {
            var refused = Findings.Error(DiagnosticIds.RuntimeRefused, reason);
            return await UndoAsync(composition, [refused, .. verdict.Diagnostics], reload: false, verdict.IsOperatorsFault).ConfigureAwait(false);
        }

        var (running, unreachable) = await observer.ReadAsync(scope: null, CancellationToken.None).ConfigureAwait(false);
        return running is null
            ? await LoseAsync(composition, unreachable!).ConfigureAwait(false)
            : await ReloadAsync(composition, ReloadReason.RuntimeRefused).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<IReadOnlyList<DeploymentTicket>>?> ReloadAsync(Composition composition, ReloadReason reason = ReloadReason.Change)
    {
        composition.Warnings =
        [
            .. await judge.FindWarningsAsync(composition.Wanted, CancellationToken.None).ConfigureAwait(false),
            .. foreign.Find(composition.Running?.WorkerPid, composition.Before, composition.IsManaged),
        ];
        ReloadResult reload;
        ImmutableArray<Diagnostic> kept;
        try
        {
            (reload, kept) = await road.ReloadAsync(composition.Expectation(reason), isOurs: composition.OutOfService()).ConfigureAwait(false);
            composition.ReloadDuration = reload.Duration;
        }
        catch (RuntimeException e)
        {
            var (present, absent) = await observer.ReadAsync(scope: null, CancellationToken.None).ConfigureAwait(false);
            return present is null
                ? await LoseAsync(composition, absent!).ConfigureAwait(false)
                : await UndoAsync(composition, [Findings.Error(DiagnosticIds.ReloadFailed, e.Message)], reload: present.WorkerPid != composition.Running?.WorkerPid).ConfigureAwait(false);
        }

        if (!reload.Succeeded)
        {
            // A bind that somebody took since it was tried is what HAProxy 2.6 does not name.
            var others = await JudgeOthersSaveAsync(composition).ConfigureAwait(false);
            ImmutableArray<Diagnostic> why = others.IsOperatorsFault
                ? [.. reload.Diagnostics.Where(diagnostic => diagnostic.Location is null), .. others.Diagnostics]
                : [.. reload.Diagnostics, .. judge.Probe(composition.Before, composition.Wanted, composition.Running)];
            var isAsBefore = reload is { NewWorkerPid: null, StillServing: true, Worker.AnswersOnStatsSocket: true };
            return await UndoAsync(composition, why, reload: !isAsBefore, others.IsOperatorsFault).ConfigureAwait(false);
        }

        // The new worker has read the file; only what somebody changed at run time since then can differ.
        var worker = await observer.SeeWorkerAsync(info: null, CancellationToken.None).ConfigureAwait(false);
        if (worker?.WorkerPid is { } pid)
        {
            foreign.NoteLoaded(pid, composition.Wanted);
        }

        var applied = await CompareWholeAsync(composition, AppliedCommands.None(worker)).ConfigureAwait(false);
        if (applied.IsDone)
        {
            return await FinishAsync(composition, applied, unchanged: null, kept).ConfigureAwait(false);
        }

        return applied.Unreachable is { } absence
            ? await LoseAsync(composition, absence).ConfigureAwait(false)
            : await UndoAsync(composition, [Findings.Error(DiagnosticIds.ReloadFailed, $"the new worker does not serve the file: {applied.Reason}")], reload: true).ConfigureAwait(false);
    }

    /// <summary>
    /// What HAProxy has against lines that somebody else has saved after the check, and that our reload met: as they stand once ours are undone.
    /// </summary>
    private async Task<CandidateVerdict> JudgeOthersSaveAsync(Composition composition)
    {
        try
        {
            var now = await file.ReadAsync(CancellationToken.None).ConfigureAwait(false);
            if (!now.HasContentOf(composition.Written) && composition.TryUndo(documents.Of(now)) is { } without)
            {
                var verdict = await judge.JudgeAsync(without, without, running: null, CancellationToken.None).ConfigureAwait(false);
                return verdict.IsOperatorsFault ? verdict : CandidateVerdict.Accepted;
            }
        }
        catch (ConfigFileException)
        {
            // Undoing meets the same, and tells it.
        }

        return CandidateVerdict.Accepted;
    }

    /// <summary>Another worker serves than before: all that is managed is compared, and what differs is set right.</summary>
    private async Task<AppliedCommands> CompareWholeAsync(Composition composition, AppliedCommands soFar)
    {
        var (running, unreachable) = await observer.ReadAsync(scope: null, CancellationToken.None).ConfigureAwait(false);
        if (running is null)
        {
            return new AppliedCommands(false, Worker: null, unreachable!.Message) { Unreachable = unreachable };
        }

        var rest = DeploymentPlanner.Plan(composition.Wanted, composition.Wanted, running, composition.IsManaged, isClosed: composition.IsClosed, isOwnMaintenance: composition.IsOwnMaintenance);
        if (rest.NeedsReload)
        {
            return soFar with { IsDone = false, Reason = rest.ToString() };
        }

        var worker = soFar.Worker?.WorkerPid == running.WorkerPid ? soFar.Worker : null;
        if (rest.IsEmpty)
        {
            return Compared(composition, soFar with { Worker = worker });
        }

        var applied = await applier.ApplyAsync(rest, worker).ConfigureAwait(false);
        return applied with { Steps = [.. soFar.Steps, .. applied.Steps], Remarks = [.. soFar.Remarks, .. applied.Remarks] };
    }

    private AppliedCommands Compared(Composition composition, AppliedCommands applied)
    {
        observer.NoteCompared(applied.Worker, composition.Standing, composition.IsManaged);
        return applied;
    }
}
