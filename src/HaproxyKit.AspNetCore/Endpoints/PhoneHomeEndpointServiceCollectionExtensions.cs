using HaproxyKit.AspNetCore.Endpoints;
using HaproxyKit.AspNetCore.Hosting;
using HaproxyKit.Control.Deployment;
using HaproxyKit.PhoneHome.Mappings;
using HaproxyKit.PhoneHome.Policy;
using HaproxyKit.PhoneHome.Reconciliation;
using HaproxyKit.PhoneHome.Tokens;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers what the endpoints need, but for the reconciler itself.</summary>
public static class PhoneHomeEndpointServiceCollectionExtensions
{
    /// <summary>
    /// Adds the endpoints with tokens (section <c>PhoneHome:Tokens</c>, <c>PhoneHome:Signatures</c>), policy (<c>PhoneHome:Policy</c>) and their own
    /// settings (<c>PhoneHome:Endpoints</c>, <c>PhoneHome:Audit</c>), all read from the host's configuration and judged when it starts; and reads from there
    /// what the reconciler needs, which <c>AddPhoneHome</c> adds: <c>Haproxy</c>, <c>PhoneHome:Mappings</c>, <c>PhoneHome:Sections</c>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddPhoneHomeEndpoints(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddPhoneHomeAccess();
        services.AddOptions<HaproxyOptions>().BindConfiguration(HaproxyOptions.SectionName);
        services.AddOptions<PhoneHomeOptions>().BindConfiguration(PhoneHomeOptions.SectionName);
        services.AddOptions<MappingSectionOptions>().BindConfiguration(MappingSectionOptions.SectionName);
        services.AddOptions<PhoneHomeTokenOptions>().BindConfiguration(PhoneHomeTokenOptions.SectionName);
        services.AddOptions<PhoneHomeSignatureOptions>().BindConfiguration(PhoneHomeSignatureOptions.SectionName);
        services.AddOptions<PhoneHomePolicyOptions>().BindConfiguration(PhoneHomePolicyOptions.SectionName);
        services.AddOptions<PhoneHomeEndpointOptions>()
            .BindConfiguration(PhoneHomeEndpointOptions.SectionName)
            .ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<PhoneHomeEndpointOptions>, PhoneHomeEndpointOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IReservedPorts, OwnListeners>());
        services.TryAddSingleton<CallGate>();
        services.TryAddSingleton<RefusalWriter>();
        services.TryAddSingleton<DefectGuard>();
        services.TryAddSingleton<DryRuns>();
        services.TryAddSingleton<Readiness>();
        services.TryAddSingleton<PhoneHomeEndpoint>();
        services.TryAddSingleton<MappingsEndpoint>();
        services.TryAddSingleton<EventsEndpoint>();
        services.TryAddSingleton<StatusEndpoint>();
        AddAudit(services);
        return services;
    }

    private static void AddAudit(IServiceCollection services)
    {
        services.AddOptions<AuditOptions>().BindConfiguration(AuditOptions.SectionName).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AuditOptions>, AuditOptionsValidator>());
        services.TryAddSingleton<AuditLog>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, AuditLog>(
            static provider => provider.GetRequiredService<AuditLog>()));
    }
}
