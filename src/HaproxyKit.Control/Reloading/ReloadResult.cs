using HaproxyKit.Diagnostics;

namespace HaproxyKit.Control.Reloading;

/// <summary>What became of a reload.</summary>
/// <remarks>
/// After a failure either the old worker serves on (<see cref="StillServing"/>): undo the change in the files, and no second
/// reload is needed unless <see cref="Worker"/> does not answer on the stats socket. Or a new worker runs, with another
/// configuration than was expected (<see cref="NewWorkerPid"/> is not null): undo the change and reload again. Or nothing
/// answers, and the service is down.
/// </remarks>
public sealed record ReloadResult
{
    /// <summary>Whether a new worker serves and has all that was expected.</summary>
    public required bool Succeeded { get; init; }

    /// <summary>The process id of the worker that served before; null where none answered.</summary>
    public required int? OldWorkerPid { get; init; }

    /// <summary>The process id of the worker that serves instead; null where the reload brought none.</summary>
    public required int? NewWorkerPid { get; init; }

    /// <summary>
    /// The workers of earlier configurations that still have sessions, without the one that serves, oldest first; null where
    /// neither a master's socket nor the process table tells.
    /// </summary>
    public IReadOnlyList<OldWorker>? OldWorkers { get; init; }

    /// <summary>How long the reload was put off because there were too many such workers before it.</summary>
    public TimeSpan PostponedFor { get; init; }

    /// <summary>The frontends, and listen sections, of the new worker with their status; empty where there is none.</summary>
    public IReadOnlyDictionary<string, string> Frontends { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>After a failure, whether the old worker answers and all the frontends that it had open are open.</summary>
    public bool StillServing { get; init; }

    /// <summary>Which worker serves now; null where that could not be read.</summary>
    public WorkerIdentity? Worker { get; init; }

    /// <summary>
    /// Why it failed: one <see cref="DiagnosticIds.ReloadFailed"/>, then HAProxy's own alerts where it gave them; or what is wrong
    /// with the files, where HAProxy was not asked to load them. Empty after a success.
    /// </summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>What HAProxy said while it loaded, raw; empty where it did not say, as 2.6 never does.</summary>
    public string StartupLogs { get; init; } = "";

    /// <summary>How long it took, with the wait for a reload that was under way.</summary>
    public required TimeSpan Duration { get; init; }
}
