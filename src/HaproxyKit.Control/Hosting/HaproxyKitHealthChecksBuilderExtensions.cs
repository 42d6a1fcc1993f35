using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Drift;
using HaproxyKit.Control.Hosting;
using HaproxyKit.Control.Runtime;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the health check of one HAProxy.</summary>
public static class HaproxyKitHealthChecksBuilderExtensions
{
    /// <summary>Adds a <see cref="HaproxyHealthCheck"/> of the HAProxy that <c>AddHaproxyKit</c> controls.</summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="tags">Tags by which checks are chosen, or null.</param>
    /// <returns>The health checks.</returns>
    public static IHealthChecksBuilder AddHaproxyKit(
        this IHealthChecksBuilder builder, string name = HaproxyHealthCheck.Name, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name,
            static provider => new HaproxyHealthCheck(provider.GetRequiredService<RuntimeClient>(), provider.GetService<AlarmBoard>(), provider.GetService<DriftMonitor>()),
            failureStatus: null,
            tags));
    }
}
