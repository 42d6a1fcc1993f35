namespace HaproxyKit.Control.Reloading;

/// <summary>
/// Which worker serves, and how often its master has reloaded. Two equal identities, the first of them read before a
/// configuration was written and neither <see cref="IsReloading"/>, say that nobody has reloaded HAProxy in between.
/// </summary>
/// <param name="WorkerPid">The worker's process id; null where none answers, which happens only while a reload is loading.</param>
/// <param name="WorkerStartedAt">When the worker was started, in seconds of Unix time: it tells a process id used again.</param>
/// <param name="MasterPid">The master's process id; null where neither its socket nor the process table tells it.</param>
/// <param name="MasterReloads">
/// How often the master has reloaded since its start, failed reloads among them; null where its socket does not tell it.
/// </param>
/// <param name="IsReloading">Whether a reload is loading.</param>
/// <param name="AnswersOnStatsSocket">
/// Whether the worker answers on the stats socket. From 3.1 on a reload that fails may take that socket away from the worker
/// that serves on: it then answers only by way of the master, until a reload succeeds.
/// </param>
public readonly record struct WorkerIdentity(
    int? WorkerPid,
    long? WorkerStartedAt,
    int? MasterPid,
    int? MasterReloads,
    bool IsReloading,
    bool AnswersOnStatsSocket);
