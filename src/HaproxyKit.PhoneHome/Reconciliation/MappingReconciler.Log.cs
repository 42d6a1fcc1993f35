using HaproxyKit.Control.Deployment;
using Microsoft.Extensions.Logging;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <content>What the reconciler tells.</content>
public sealed partial class MappingReconciler
{
    [LoggerMessage(4001, LogLevel.Warning, "{Count} calls refused, deployment {Outcome}: {Reason}")]
    private partial void LogRefused(int count, DeploymentOutcome outcome, string reason);

    [LoggerMessage(4002, LogLevel.Error, "The configuration could not be changed: {Reason}")]
    private partial void LogFailure(string reason);

    [LoggerMessage(4004, LogLevel.Error, "The mapping on port {Port} is refused and left out until it can be served again: {Reason}")]
    private partial void LogHeldBack(int port, string reason);

    [LoggerMessage(4003, LogLevel.Critical, "A pass broke off.")]
    private partial void LogDefect(Exception exception);
}
