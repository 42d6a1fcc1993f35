using System.Collections.Immutable;
using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Planning.Steps;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// Undoes changes that HAProxy did not follow: by the reverse edit on whatever the file holds now, so that nobody else's lines are lost (a
/// whole old file would undo them too). Nothing is thrown here: what cannot be undone is told.
/// </summary>
internal sealed class Reversal(
    ConfigFile file, DocumentCache documents, HaproxyObserver observer, RuntimeApplier applier, ReloadRoad road,
    DeploymentStanding standing, DeployerOptions options)
{
    /// <param name="composition">The changes that HAProxy did not follow.</param>
    /// <param name="reload">Whether HAProxy has loaded them, or has to open its socket again, so that it must load the old lines.</param>
    internal async Task<ReversalResult> UndoAsync(Composition composition, bool reload)
    {
        var (restored, revision, trouble) = await WriteBackAsync(composition).ConfigureAwait(false);
        ImmutableArray<Diagnostic> findings = trouble is null ? [] : [trouble];
        var isReloaded = reload && restored is not null;
        ImmutableArray<AppliedStep> steps = [];
        if (restored is not null)
        {
            (isReloaded, var more, steps) = reload
                ? (true, await LoadBackAsync().ConfigureAwait(false), [])
                : await SendBackAsync(composition, restored).ConfigureAwait(false);
            findings = findings.AddRange(more);
        }

        var (running, unreachable) = await observer.ReadAsync(scope: new HashSet<string>(StringComparer.Ordinal), CancellationToken.None).ConfigureAwait(false);
        return new ReversalResult(revision, running?.WorkerPid, isReloaded, unreachable is null ? findings : findings.Add(unreachable))
        {
            Steps = steps,
            IsWrittenBack = restored is not null,
            IsComplete = restored is not null && findings.IsEmpty && running is not null,
        };
    }

    private async Task<(ConfigDocument? Restored, string Revision, Diagnostic? Trouble)> WriteBackAsync(Composition composition)
    {
        var revision = composition.Written;
        try
        {
            await composition.FileWriter.BringAsync([]).ConfigureAwait(false);
            revision = await file.ReadAsync(CancellationToken.None).ConfigureAwait(false);
            for (var attempt = 1; attempt <= options.MaxWriteAttempts; attempt++)
            {
                var content = Reverse(composition, revision, out var trouble);
                if (trouble is not null)
                {
                    return (null, revision.Hash, trouble);
                }

                var replacement = await file.ReplaceAsync(revision, content, CancellationToken.None).ConfigureAwait(false);
                revision = replacement.Revision;
                if (!replacement.IsConflict)
                {
                    var restored = documents.Of(revision);
                    standing.Note(restored, isNew: true);
                    return (restored, revision.Hash, null);
                }
            }
        }
        catch (ConfigFileException e)
        {
            return (null, revision.Hash, NotUndone(e.Message));
        }

        return (null, revision.Hash, Findings.Error(DiagnosticIds.FileContended, $"{file.Path} was written by others each time the change was to be undone"));
    }

    private ReadOnlyMemory<byte> Reverse(Composition composition, ConfigRevision current, out Diagnostic? trouble)
    {
        trouble = null;
        try
        {
            var content = current.HasContentOf(composition.Written)
                ? composition.Original.Content
                : composition.Undo(documents.Of(current)).ToBytes();

            // A file of our own may have been empty at first; none is left without content.
            return CandidateJudge.IsBlank(content.Span) ? "#\n"u8.ToArray() : content;
        }
        catch (Exception e)
        {
            // The reverse edit is the caller's: whatever it throws, file and HAProxy are apart now, and that has to be told.
            trouble = NotUndone(e.Message);
            return default;
        }
    }

    private async Task<ImmutableArray<Diagnostic>> LoadBackAsync()
    {
        try
        {
            var (back, _) = await road.ReloadAsync(new ReloadExpectation { Reason = ReloadReason.Undo }, isUrgent: true).ConfigureAwait(false);
            return back.Succeeded ? [] : [.. back.Diagnostics];
        }
        catch (RuntimeException e)
        {
            return [Findings.Error(DiagnosticIds.ReloadFailed, $"the old lines could not be loaded again: {e.Message}")];
        }
    }

    /// <summary>Takes back the commands that HAProxy has carried out; by a reload where the Runtime API does not do.</summary>
    private async Task<(bool IsReloaded, ImmutableArray<Diagnostic> Trouble, ImmutableArray<AppliedStep> Steps)> SendBackAsync(
        Composition composition, ConfigDocument restored)
    {
        var (running, _) = await observer.ReadAsync(composition.Plan.TouchedProxies(), CancellationToken.None).ConfigureAwait(false);
        if (running is null)
        {
            return (false, [], []);
        }

        var done = composition.Plan.Commands.Where(command => command.Proxy is null || command.HoldsIn(running)).ToList();
        if (done.Count == 0)
        {
            return (false, [], []);
        }

        // What is not served as planned never was done, and need not be loaded back, even where only a reload could do it.
        var files = composition.FileWriter.AsBefore(composition.Files);
        var back = DeploymentPlanner.Plan(composition.Wanted, restored, running, static _ => false, files);
        if (back.NeedsReload && done.Exists(command => !back.Commands.Any(reverse => AreAbout(command, reverse))))
        {
            return (true, await LoadBackAsync().ConfigureAwait(false), []);
        }

        var commands = back.Commands.Where(reverse =>
            done.Exists(command => AreAbout(command, reverse)) && (reverse.Proxy is null || !reverse.HoldsIn(running)));
        // That a frontend was opened or closed is said by no line.
        var switched = done.OfType<SwitchFrontend>().Where(step => !back.Commands.Any(reverse => AreAbout(step, reverse))).Select(step => step with { IsOpen = !step.IsOpen });
        var plan = new DeploymentPlan([.. commands, .. switched]);
        var applied = plan.IsEmpty ? null : await applier.ApplyAsync(plan).ConfigureAwait(false);
        ImmutableArray<Diagnostic> trouble = applied is null or { IsDone: true }
            ? []
            : [Findings.Error(DiagnosticIds.RuntimeRefused, $"what was done at run time could not be taken back: {applied.Reason}")];
        return (false, trouble, applied?.Steps ?? []);
    }

    /// <summary>Whether two steps are about the same server, or the same proxy, or both about files.</summary>
    private static bool AreAbout(RuntimeStep one, RuntimeStep other) =>
        one.Proxy == other.Proxy && (one as ServerStep)?.Server == (other as ServerStep)?.Server;

    private Diagnostic NotUndone(string why) => Findings.Error(
        DiagnosticIds.NotUndone, $"the change still stands in {file.Path}, and HAProxy does not follow it: {why}", "mend the file by hand, then reload HAProxy");
}
