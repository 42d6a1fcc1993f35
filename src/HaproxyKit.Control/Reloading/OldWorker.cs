namespace HaproxyKit.Control.Reloading;

/// <summary>A worker of an earlier configuration that still has sessions.</summary>
/// <param name="Pid">Its process id.</param>
/// <param name="StartedAt">When it was started, to a second.</param>
/// <param name="Reloads">How many reloads it has lived through; null where no master's socket tells it.</param>
public readonly record struct OldWorker(int Pid, DateTimeOffset StartedAt, int? Reloads);
