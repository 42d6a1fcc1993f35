using HaproxyKit.Control.Runtime;
using HaproxyKit.Control.Telemetry;

namespace HaproxyKit.Control.Reloading;

/// <content>What the metrics are told of a reload.</content>
internal sealed partial class ReloadRun
{
    private async Task<ReloadResult> MeasuredAsync(Func<Task<ReloadResult>> reload)
    {
        var (way, reason) = (NameOf(strategy), NameOf(expectation.Reason));
        using var activity = ControlTelemetry.StartReload(way, reason);
        var outcome = "canceled";
        try
        {
            var result = await reload().ConfigureAwait(false);
            outcome = result.Succeeded ? "succeeded" : wasAsked ? "failed" : "refused";
            return result;
        }
        catch (RuntimeException)
        {
            outcome = "unreachable";
            throw;
        }
        finally
        {
            ControlTelemetry.End(activity, outcome, outcome != "succeeded");
            ControlTelemetry.RecordReload(way, reason, outcome, watch.Stats.Endpoint.Place, time.GetElapsedTime(started));
        }
    }

    private static string NameOf(ReloadStrategy strategy) => strategy switch
    {
        ReloadStrategy.MasterSocket => "master-socket",
        ReloadStrategy.Signal => "signal",
        ReloadStrategy.Systemd => "systemd",
        _ => "command",
    };

    private static string NameOf(ReloadReason reason) => reason switch
    {
        ReloadReason.Change => "change",
        ReloadReason.RuntimeRefused => "runtime-refused",
        ReloadReason.Undo => "undo",
        _ => "requested",
    };
}
