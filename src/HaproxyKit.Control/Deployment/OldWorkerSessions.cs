using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Deployment;

/// <summary>The sessions that a server still has in workers of earlier configurations.</summary>
internal sealed class OldWorkerSessions(string backend, string server, WorkerWatch watch, TimeProvider time)
{
    private const string All = "-1";

    private static readonly RuntimeCommand Sessions = RuntimeCommand.Of("show", "sess");

    /// <summary>Asks a worker for the rows of the backend.</summary>
    internal RuntimeCommand Rows { get; } = RuntimeCommand.Of("show", "stat", backend, All, All);

    /// <summary>How many sessions rows show of the server; null where they do not show it.</summary>
    internal long? Count(string rows) => StatTable.Parse(rows)?
        .FirstOrDefault(row => row.Kind == StatKind.Server && string.Equals(row.Service, server, StringComparison.Ordinal))?.CurrentSessions;

    /// <summary>Counts them in all old workers.</summary>
    /// <param name="workerPid">The worker that serves.</param>
    /// <returns>
    /// How many there are, and how many old workers run that cannot be asked: without the master's socket the kernel tells that they are there,
    /// and not what they do.
    /// </returns>
    internal async Task<(long Sessions, int Unasked)> CountAsync(int workerPid)
    {
        if (await watch.SeeProcessesAsync(CancellationToken.None).ConfigureAwait(false) is not { } processes)
        {
            return (0, MasterProcess.Of(workerPid) is { } master ? MasterProcess.OldWorkersOf(master, workerPid, time.GetUtcNow()).Count : 0);
        }

        var (sum, unasked) = (0L, 0);
        foreach (var old in processes.OldWorkers.Where(old => old.Pid != workerPid))
        {
            if (await AskAsync(old.Pid, Rows).ConfigureAwait(false) is { } rows)
            {
                sum += Count(rows) ?? 0;
            }
            else if (MasterProcess.Of(old.Pid) == processes.Master.Pid)
            {
                unasked++;
            }
        }

        return (sum, unasked);
    }

    /// <summary>Ends them in all old workers that can be asked.</summary>
    internal async Task EndAsync()
    {
        foreach (var old in (await watch.SeeProcessesAsync(CancellationToken.None).ConfigureAwait(false))?.OldWorkers ?? [])
        {
            // An old worker takes no command about a server of a proxy that it has closed, only about the sessions themselves.
            var sessions = await AskAsync(old.Pid, Sessions).ConfigureAwait(false) ?? "";
            foreach (var line in sessions.Split('\n').Where(line => IsOfServer(line.Split(' '))))
            {
                await AskAsync(old.Pid, RuntimeCommand.Of("shutdown", "session", line[..line.IndexOf(':', StringComparison.Ordinal)])).ConfigureAwait(false);
            }
        }
    }

    private bool IsOfServer(string[] words) =>
        words is [['0', 'x', .., ':'], ..] && words.Contains($"be={backend}") && words.Contains($"srv={server}");

    /// <summary>Asks an old worker; null where it does not answer, mostly since it has ended meanwhile, and its sessions with it.</summary>
    private async Task<string?> AskAsync(int pid, RuntimeCommand command) =>
        (await watch.AskWorkerAsync(pid, [command], CancellationToken.None).ConfigureAwait(false))?[0];
}
