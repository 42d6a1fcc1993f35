using HaproxyKit.Control.Telemetry;

namespace HaproxyKit.Control.Deployment;

/// <summary>What the metrics are told of deployments to one HAProxy.</summary>
internal sealed class DeploymentTelemetry(ServerPlace place, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private string? _served;

    internal async Task<DeploymentResult> MeasureAsync(Func<Task<DeploymentResult>> deploy)
    {
        using var activity = ControlTelemetry.StartApply();
        var started = time.GetTimestamp();
        var outcome = "failed";
        try
        {
            var result = await deploy().ConfigureAwait(false);
            outcome = NameOf(result.Outcome);
            Note(result);
            return result;
        }
        catch (OperationCanceledException)
        {
            outcome = "canceled";
            throw;
        }
        finally
        {
            ControlTelemetry.End(activity, outcome, outcome is not ("applied" or "unchanged"));
            ControlTelemetry.RecordApply(outcome, place, time.GetElapsedTime(started));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => ControlTelemetry.RevisionForgotten(place);

    /// <summary>HAProxy serves what stands in the file now: since now, where that is another revision than before.</summary>
    private void Note(DeploymentResult result)
    {
        if (result.Outcome is not (DeploymentOutcome.Applied or DeploymentOutcome.Unchanged))
        {
            return;
        }

        lock (_gate)
        {
            if (!string.Equals(_served, result.Revision, StringComparison.Ordinal))
            {
                _served = result.Revision;
                ControlTelemetry.RevisionServed(place, time, time.GetUtcNow());
            }
        }
    }

    private static string NameOf(DeploymentOutcome outcome) => outcome switch
    {
        DeploymentOutcome.Unchanged => "unchanged",
        DeploymentOutcome.Applied => "applied",
        DeploymentOutcome.Rejected => "rejected",
        DeploymentOutcome.RolledBack => "rolled-back",
        _ => "unreachable",
    };
}
