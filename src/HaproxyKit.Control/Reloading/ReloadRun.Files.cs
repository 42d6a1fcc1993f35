using HaproxyKit.Control.Checking;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Control.Reloading;

/// <content>
/// The files that HAProxy will read: what must not be loaded, and what a worker that has loaded them serves.
/// </content>
internal sealed partial class ReloadRun
{
    /// <summary>Reads the files that HAProxy will read, and the listeners that it must have then.</summary>
    private ConfigurationSight? ReadFiles()
    {
        invocation = options.Invocation ?? (before.MasterPid is { } master ? HaproxyInvocation.FromProcess(master).Invocation : null);
        var sight = invocation is null ? null : ConfigurationSight.Read(invocation);
        listeners = sight?.Listeners ?? listeners;
        return sight;
    }

    private async Task<ReloadResult> NotAskedAsync(Diagnostic problem, CancellationToken cancellationToken)
    {
        var after = await LookAfterAsync(cancellationToken).ConfigureAwait(false);
        return Result(new ReloadVerdict(null, null, after)) with
        {
            Succeeded = false,
            StillServing = after?.Identity.WorkerPid is { } serving && serving == before.WorkerPid,
            Diagnostics = [problem],
        };
    }

    private IReadOnlyList<string> Unmet(IReadOnlyDictionary<string, string> statuses)
    {
        var unmet = expectation.Unmet(statuses);
        var ofFiles = new ReloadExpectation { Frontends = [.. listeners.Except(expectation.Frontends).Except(expectation.ClosableFrontends).Except(expectation.GoneFrontends)] };
        if (unmet.Count > 0 || ofFiles.Unmet(statuses).Count == 0 || invocation is null || ConfigurationSight.Read(invocation) is not { } now)
        {
            return unmet;
        }

        // Somebody may have taken them out of the files since they were read, before HAProxy did.
        return (ofFiles with { Frontends = [.. ofFiles.Frontends.Where(now.Listeners.Contains)] }).Unmet(statuses);
    }
}
