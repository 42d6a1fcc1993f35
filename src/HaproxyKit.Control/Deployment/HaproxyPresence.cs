using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// Tells a HAProxy that runs, and only does not answer us as it should, from one that is not there. The first goes on serving what it has
/// loaded, so that a file written now would not be what it serves; the second reads the file when it starts.
/// </summary>
internal sealed class HaproxyPresence(WorkerWatch watch, IConfigChecker checker)
{
    /// <param name="fault">How the stats socket failed, or null where that is not known.</param>
    internal async Task<bool> IsThereAsync(RuntimeFault? fault) =>
        fault is not (null or RuntimeFault.Unreachable)
        || await watch.SeeProcessesAsync(CancellationToken.None).ConfigureAwait(false) is not null
        || (checker is CurrentInvocationChecker current && await current.IsRunningAsync(CancellationToken.None).ConfigureAwait(false));
}
