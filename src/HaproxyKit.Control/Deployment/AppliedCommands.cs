namespace HaproxyKit.Control.Deployment;

/// <summary>Whether commands of the Runtime API did what was wanted, on which worker, and if not, why.</summary>
internal sealed record AppliedCommands(bool IsDone, int? WorkerPid, string Reason);
