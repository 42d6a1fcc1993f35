using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.PhoneHome.Mappings;
using HaproxyKit.Syntax;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>
/// Puts edited sections back as they were deployed last, where HAProxy has not loaded the edit: the worker is still the one that was deployed to,
/// so that the file alone is wrong, and a reload would be for nothing. All else is left to the deployment that follows.
/// </summary>
internal sealed class HandEditRepair(MappingFile file, MappingDeployment deployment, MappingStore store, WorkerWatch watch)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    internal async Task WriteBackAsync(ParsedRevision read, DesiredMappings known, CancellationToken cancellationToken)
    {
        if (deployment.WorkerPid is not { } pid || store.LastGood.Read() is not { } bytes)
        {
            return;
        }

        var repaired = deployment.Edit(known, known, read)(read.Document);
        var (then, now) = (MappingSections.OwnLines(ConfigDocument.Parse(bytes)), MappingSections.OwnLines(repaired));
        if (then.Count == now.Count
            && now.All(pair => pair.Value.Equals(then.GetValueOrDefault(pair.Key), StringComparison.Ordinal))
            && await FindWorkerAsync(cancellationToken).ConfigureAwait(false) == pid)
        {
            await file.ReplaceAsync(read, repaired, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The worker that serves, once no reload is loading; null where none does.</summary>
    private async Task<int?> FindWorkerAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await watch.WaitUntilSettledAsync(Patience, cancellationToken).ConfigureAwait(false)).WorkerPid;
        }
        catch (RuntimeException)
        {
            return null;
        }
    }
}
