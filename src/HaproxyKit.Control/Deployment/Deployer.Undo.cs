using System.Collections.Immutable;
using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Planning.Steps;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Deployment;

/// <content>
/// Undoing: the reverse edit on whatever the file holds now, so that nobody else's lines are lost (a whole old file would undo them too).
/// Nothing is thrown here: what cannot be undone is told.
/// </content>
public sealed partial class Deployer
{
    /// <param name="change">The change that HAProxy did not follow.</param>
    /// <param name="why">Why it did not.</param>
    /// <param name="reload">Whether HAProxy has loaded the change, or has to open its socket again, so that it must load the old lines.</param>
    private async Task<DeploymentResult> UndoAsync(PendingChange change, ImmutableArray<Diagnostic> why, bool reload)
    {
        LogUndo(change.Written.Hash);
        var (restored, revision, trouble) = await WriteBackAsync(change).ConfigureAwait(false);
        var findings = trouble is null ? why : why.Add(trouble);
        if (restored is not null)
        {
            findings = findings.AddRange(reload
                ? await LoadBackAsync().ConfigureAwait(false)
                : await SendBackAsync(change, restored).ConfigureAwait(false));
        }

        var (running, unreachable) = await ObserveAsync(CancellationToken.None).ConfigureAwait(false);
        return change.Result(DeploymentOutcome.RolledBack, running?.WorkerPid) with
        {
            Revision = revision,
            Diagnostics = unreachable is null ? findings : findings.Add(unreachable),
            Reloaded = reload && restored is not null,
        };
    }

    private async Task<(ConfigDocument? Restored, string Revision, Diagnostic? Trouble)> WriteBackAsync(PendingChange change)
    {
        var revision = change.Written;
        try
        {
            revision = await _file.ReadAsync(CancellationToken.None).ConfigureAwait(false);
            for (var attempt = 1; attempt <= _options.MaxWriteAttempts; attempt++)
            {
                var content = Reverse(change, revision, out var trouble);
                if (trouble is not null)
                {
                    return (null, revision.Hash, trouble);
                }

                var replacement = await _file.ReplaceAsync(revision, content, CancellationToken.None).ConfigureAwait(false);
                revision = replacement.Revision;
                if (!replacement.IsConflict)
                {
                    return (ConfigDocument.Parse(content.Span, _file.Path), revision.Hash, null);
                }
            }
        }
        catch (ConfigFileException e)
        {
            return (null, revision.Hash, NotUndone(e.Message));
        }

        return (null, revision.Hash, Findings.Error(DiagnosticIds.FileContended, $"{_file.Path} was written by others each time the change was to be undone"));
    }

    private ReadOnlyMemory<byte> Reverse(PendingChange change, ConfigRevision current, out Diagnostic? trouble)
    {
        trouble = null;
        try
        {
            var content = current.HasContentOf(change.Written)
                ? change.Original.Content
                : change.Request.Undo(ConfigDocument.Parse(current.Content.Span, _file.Path)).ToBytes();

            // A file of our own may have been empty at first; none is left without content.
            return content.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0 ? "#\n"u8.ToArray() : content;
        }
        catch (Exception e)
        {
            // The reverse edit is the caller's: whatever it throws, file and HAProxy are apart now, and that has to be told.
            trouble = NotUndone(e.Message);
            return default;
        }
    }

    private async Task<IEnumerable<Diagnostic>> LoadBackAsync()
    {
        try
        {
            var back = await _reloader.ReloadAsync(ReloadExpectation.None, CancellationToken.None).ConfigureAwait(false);
            return back.Succeeded ? [] : back.Diagnostics;
        }
        catch (RuntimeException e)
        {
            return [Findings.Error(DiagnosticIds.ReloadFailed, $"the old lines could not be loaded again: {e.Message}")];
        }
    }

    /// <summary>Takes back the commands of the change that HAProxy has carried out.</summary>
    private async Task<IEnumerable<Diagnostic>> SendBackAsync(PendingChange change, ConfigDocument restored)
    {
        var (running, _) = await ObserveAsync(CancellationToken.None).ConfigureAwait(false);
        if (running is null)
        {
            return [];
        }

        var done = change.Plan.Commands.OfType<ServerStep>().Where(command => command.HoldsIn(running)).Select(command => (command.Backend, command.Server)).ToHashSet();
        var back = DeploymentPlanner.Plan(change.Wanted, restored, running, static _ => false).Commands.OfType<ServerStep>()
            .Where(command => done.Contains((command.Backend, command.Server)) && !command.HoldsIn(running));
        var plan = new DeploymentPlan([.. back]);
        var applied = plan.IsEmpty ? null : await _applier.ApplyAsync(plan).ConfigureAwait(false);
        return applied is null or { IsDone: true } ? [] : [Findings.Error(DiagnosticIds.RuntimeRefused, $"the old address could not be set again: {applied.Reason}")];
    }

    private Diagnostic NotUndone(string why) => Findings.Error(
        DiagnosticIds.NotUndone, $"the change still stands in {_file.Path}, and HAProxy does not follow it: {why}", "mend the file by hand, then reload HAProxy");
}
