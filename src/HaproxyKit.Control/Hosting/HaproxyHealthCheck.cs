using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Drift;
using HaproxyKit.Control.Runtime;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HaproxyKit.Control.Hosting;

/// <summary>
/// Tells a host's health checks how the HAProxy is: <see cref="HealthStatus.Unhealthy"/> where it does not answer,
/// <see cref="HealthStatus.Degraded"/> where something is wrong that it serves on with, else <see cref="HealthStatus.Healthy"/>.
/// </summary>
/// <remarks>
/// What an operator has set by hand at run time is told, and no cause for alarm. The check asks HAProxy once, and takes the drift from the
/// monitor's last look, so that it may be asked often.
/// </remarks>
/// <param name="runtime">The stats socket.</param>
/// <param name="alarms">What a person has to look at; null where nothing is written up.</param>
/// <param name="monitor">Knows whether HAProxy follows its file; null where nobody looks.</param>
public sealed class HaproxyHealthCheck(RuntimeClient runtime, AlarmBoard? alarms = null, DriftMonitor? monitor = null) : IHealthCheck
{
    /// <summary>The name under which the check is registered.</summary>
    public const string Name = "haproxy";

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        RuntimeInfo info;
        try
        {
            info = await runtime.ShowInfoAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (RuntimeException e)
        {
            return HealthCheckResult.Unhealthy($"HAProxy does not answer: {e.Message}", e);
        }

        var items = monitor?.Current?.Items ?? [];
        var data = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["version"] = info.VersionText,
            ["workerPid"] = info.Pid,
            ["uptimeSeconds"] = (long)info.Uptime.TotalSeconds,
            ["byHand"] = items.Where(item => item.IsByHand).Select(item => item.ToString()).ToArray(),
        };
        string[] wrong =
        [
            .. (alarms?.Current ?? []).Select(alarm => alarm.Diagnostic.Message),
            .. items.Where(item => !item.IsByHand).Select(item => item.ToString()),
        ];
        return wrong.Length == 0
            ? HealthCheckResult.Healthy($"HAProxy {info.VersionText} answers and follows its file", data)
            : HealthCheckResult.Degraded($"HAProxy answers, but: {string.Join("; ", wrong)}", exception: null, data);
    }
}
