using Microsoft.Extensions.Logging;

namespace HaproxyKit.Control.Deployment;

/// <content>What a deployer tells.</content>
public sealed partial class Deployer
{
    [LoggerMessage(3001, LogLevel.Information, "Deployment {Outcome}: {Steps} steps, file revision {Revision}.")]
    private partial void LogResult(DeploymentOutcome outcome, int steps, string revision);
}
