namespace HaproxyKit.Control.Deployment;

/// <summary>Puts requests together on the file as it stands, and plans them against HAProxy as it runs.</summary>
internal sealed class Composer(ConfigFile file, DocumentCache documents, HaproxyObserver observer, ServerDrainages drainages, UnfinishedMarks marks, DeploymentStanding standing, ForeignLines foreign)
{
    /// <param name="tickets">The requests, in their order.</param>
    /// <param name="whole">Whether to look at all that HAProxy serves, and not only at what the requests touch.</param>
    /// <exception cref="ConfigFileException">The file cannot be read.</exception>
    internal async Task<Composition> ComposeAsync(IEnumerable<DeploymentTicket> tickets, bool whole)
    {
        var revision = await file.ReadAsync(CancellationToken.None).ConfigureAwait(false);
        var draft = Composition.Draft(revision, documents.Of(revision), tickets);
        if (draft.Changes.IsEmpty)
        {
            return draft;
        }

        standing.NoteClosing(draft.ClosedFrontends);

        // Who changes nothing asks whether all is as the file says.
        var scope = whole || draft.Changes.Any(change => change.Touched.IsEmpty)
            ? null
            : draft.Changes.SelectMany(change => change.Touched.Proxies).ToHashSet(StringComparer.Ordinal);
        var observation = await observer.ObserveAsync(draft.Before, draft.Wanted, draft.IsManaged, scope, CancellationToken.None).ConfigureAwait(false);
        if (observation.Running is { } running)
        {
            foreign.NoteSeen(running.WorkerPid, draft.Before);
        }

        return draft.Planned(observation with { Running = drainages.Hide(observation.Running, draft.Wanted), IsUnfinished = marks.FindAbandoned() });
    }
}
