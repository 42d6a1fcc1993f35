using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Reloading;

/// <summary>What was seen of a HAProxy at one moment.</summary>
/// <param name="Identity">Which worker serves.</param>
/// <param name="Processes">The master's processes, or null where no master answered.</param>
internal readonly record struct WorkerSight(WorkerIdentity Identity, ProcessList? Processes);
