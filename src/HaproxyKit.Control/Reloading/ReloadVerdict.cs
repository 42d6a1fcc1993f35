namespace HaproxyKit.Control.Reloading;

/// <summary>What a reload has come to, before it is told.</summary>
/// <param name="NewWorker">The process id of the worker that serves instead, or null where there is none.</param>
/// <param name="Failure">Why it failed, or null where it succeeded.</param>
/// <param name="After">What is seen of HAProxy then, or null where it is not settled.</param>
/// <param name="Frontends">The frontends of the new worker with their status, or null where there is none.</param>
internal readonly record struct ReloadVerdict(
    int? NewWorker, string? Failure, WorkerSight? After, IReadOnlyDictionary<string, string>? Frontends = null);
