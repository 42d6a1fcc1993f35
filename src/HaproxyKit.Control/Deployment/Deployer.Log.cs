using Microsoft.Extensions.Logging;

namespace HaproxyKit.Control.Deployment;

/// <content>What a deployer tells.</content>
public sealed partial class Deployer
{
    [LoggerMessage(3001, LogLevel.Information, "Deployment {Outcome}: {Steps} steps, file revision {Revision}.")]
    private partial void LogResult(DeploymentOutcome outcome, int steps, string revision);

    [LoggerMessage(3002, LogLevel.Warning, "The Runtime API did not do, a reload follows: {Reason}")]
    private partial void LogFallBack(string reason);

    [LoggerMessage(3003, LogLevel.Error, "HAProxy did not follow revision {Revision}; the change is undone.")]
    private partial void LogUndo(string revision);
}
