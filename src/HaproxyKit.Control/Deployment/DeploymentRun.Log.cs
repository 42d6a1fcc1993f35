using Microsoft.Extensions.Logging;

namespace HaproxyKit.Control.Deployment;

/// <content>What a run tells.</content>
internal sealed partial class DeploymentRun
{
    private readonly ILogger _logger = logger;

    [LoggerMessage(3002, LogLevel.Warning, "The Runtime API did not do, a reload follows: {Reason}")]
    private partial void LogFallBack(string reason);

    [LoggerMessage(3003, LogLevel.Error, "HAProxy did not follow revision {Revision}; its {Changes} changes are undone.")]
    private partial void LogUndo(string revision, int changes);
}
