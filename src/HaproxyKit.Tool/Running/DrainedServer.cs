using System.Globalization;
using HaproxyKit.Control.Deployment;

namespace HaproxyKit.Tool.Running;

/// <summary>A server that went.</summary>
/// <param name="Name">Its backend and its name.</param>
/// <param name="Result">What became of it, or null where that was not waited for.</param>
internal sealed record DrainedServer(string Name, DrainageResult? Result)
{
    /// <summary>What became of it, in words.</summary>
    internal string Description => Result switch
    {
        null => $"{Name} drains still, and has to be deleted by hand: del server {Name}",
        { Ending: DrainageEnding.Deleted, SessionsEnded: > 0 } =>
            string.Create(CultureInfo.InvariantCulture, $"{Name} is deleted; {Result.SessionsEnded} sessions were cut when the grace was over"),
        { Ending: DrainageEnding.Deleted, UnaskedOldWorkers: > 0 } => string.Create(
            CultureInfo.InvariantCulture, $"{Name} is deleted; {Result.UnaskedOldWorkers} old workers could not be asked, and their sessions go on"),
        { Ending: DrainageEnding.Deleted } => $"{Name} is deleted; no session was cut",
        { Ending: DrainageEnding.Reclaimed } => $"{Name} stays: somebody wants it again",
        { Ending: DrainageEnding.Reloaded } => $"{Name} is gone with a reload",
        _ => $"{Name} gets no new sessions, and could not be deleted: {Result.Message}",
    };
}
