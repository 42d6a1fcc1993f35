using Microsoft.Extensions.Logging;

namespace HaproxyKit.Control.Drift;

/// <content>What a monitor tells.</content>
public sealed partial class DriftMonitor
{
    [LoggerMessage(3201, LogLevel.Warning, "HAProxy and its file differ. {Difference}")]
    private partial void LogDrift(DriftItem difference);

    [LoggerMessage(3202, LogLevel.Information, "Set by hand at run time, and kept. {Difference}")]
    private partial void LogByHand(DriftItem difference);

    [LoggerMessage(3203, LogLevel.Information, "HAProxy follows its file again.")]
    private partial void LogNoDrift();

    [LoggerMessage(3204, LogLevel.Information, "Somebody else has reloaded HAProxy: worker {WorkerPid} serves instead of {OldWorkerPid}.")]
    private partial void LogForeignReload(int oldWorkerPid, int workerPid);

    [LoggerMessage(3205, LogLevel.Information, "Somebody else, or another of our processes, has written the file since. {Difference}")]
    private partial void LogEdited(DriftItem difference);
}
