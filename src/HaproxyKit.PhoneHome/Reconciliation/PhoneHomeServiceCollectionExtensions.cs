using System.Net;
using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Drift;
using HaproxyKit.Control.Runtime;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Mappings;
using HaproxyKit.PhoneHome.Policy;
using HaproxyKit.PhoneHome.Reconciliation;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers what makes HAProxy follow mappings.</summary>
public static class PhoneHomeServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IPhoneHome"/> and the one consumer behind it, on the control of <see cref="HaproxyKitServiceCollectionExtensions.AddHaproxyKit"/>.
    /// The settings are <see cref="HaproxyOptions"/>, <see cref="PhoneHomeOptions"/> and <see cref="MappingSectionOptions"/>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Says how mappings are kept, or null where the settings come from elsewhere.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddPhoneHome(this IServiceCollection services, Action<PhoneHomeOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddHaproxyKit();
        services.AddOptions<PhoneHomeOptions>().Configure(configure ?? (static _ => { })).ValidateOnStart();
        services.AddOptions<MappingSectionOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PhoneHomeOptions>, PhoneHomeOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MappingSectionOptions>, MappingSectionOptionsValidator>());
        services.AddOptions<PhoneHomePolicyOptions>().PostConfigure<IOptions<MappingSectionOptions>>(AllowOwnBindAddress);
        services.AddOptions<DriftMonitorOptions>().Configure(static drift => drift.ClosedFrontends = MappingSections.ClosedFrontendsIn);
        services.TryAddSingleton(static provider => new MappingSections(provider.GetRequiredService<IOptions<MappingSectionOptions>>().Value));
        services.TryAddSingleton<MappingStore>();
        services.TryAddSingleton<MappingFile>();
        services.TryAddSingleton(static provider =>
            new InvocationFiles(provider.GetRequiredService<ConfigFile>().Path, provider.GetRequiredService<IConfigChecker>()));
        services.TryAddSingleton<DeploymentPreviewer>();
        services.TryAddSingleton<MappingDeployment>();
        services.TryAddSingleton(static provider => new EventLog(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<Quarantine>();
        services.TryAddSingleton<SettingsArbiter>();
        services.TryAddSingleton<FileObstacle>();
        services.TryAddSingleton<HandEditWatch>();
        services.TryAddSingleton<HandEditRepair>();
        services.TryAddSingleton<SharedSettings>();
        services.TryAddSingleton<FileIntake>();
        services.TryAddSingleton(static provider => new ServedMappings(
            provider.GetRequiredService<MappingFile>(),
            provider.GetRequiredService<SettingsArbiter>(),
            provider.GetRequiredService<IOptions<PhoneHomeOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            LastLookOf(provider),
            provider.GetRequiredService<AlarmBoard>()));
        services.TryAddSingleton(static provider => new MappingReconciler(
            provider.GetRequiredService<MappingStore>(),
            provider.GetRequiredService<MappingDeployment>(),
            provider.GetRequiredService<ServedMappings>(),
            provider.GetRequiredService<FileIntake>(),
            provider.GetRequiredService<Quarantine>(),
            provider.GetRequiredService<SettingsArbiter>(),
            provider.GetRequiredService<FileObstacle>(),
            provider.GetRequiredService<EventLog>(),
            provider.GetRequiredService<IOptions<PhoneHomeOptions>>(),
            provider.GetRequiredService<ILogger<MappingReconciler>>()));
        services.TryAddSingleton<IPhoneHome>(static provider => provider.GetRequiredService<MappingReconciler>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ConfigFileCheck>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, MappingReconciler>(
            static provider => provider.GetRequiredService<MappingReconciler>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, CallFlush>());
        return services;
    }

    /// <summary>Adds the upkeep of mappings: at an interval what was changed by hand is repaired, and nodes whose lease has lapsed are taken out.</summary>
    /// <param name="services">The services, to which <see cref="AddPhoneHome"/> is added too.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddPhoneHomeMaintenance(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddPhoneHome();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, MappingMaintenance>(
            static provider => new MappingMaintenance(
                provider.GetRequiredService<MappingReconciler>(),
                provider.GetRequiredService<MappingStore>(),
                provider.GetRequiredService<RuntimeClient>(),
                provider.GetRequiredService<AlarmBoard>(),
                provider.GetRequiredService<IOptions<PhoneHomeOptions>>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<MappingMaintenance>>())));
        return services;
    }

    /// <summary>Where the operator names no address, a caller may name the one on which its mapping listens anyway.</summary>
    private static void AllowOwnBindAddress(PhoneHomePolicyOptions policy, IOptions<MappingSectionOptions> sections)
    {
        var own = sections.Value.BindAddress;
        if (policy.AllowedBindAddresses.Count == 0)
        {
            policy.AllowedBindAddresses.Add(own == "*" ? IPAddress.Any.ToString() : IPAddress.Parse(own).ToString());
        }
    }

    private static Func<DriftReport?> LastLookOf(IServiceProvider provider)
    {
        var monitor = provider.GetRequiredService<DriftMonitor>();
        return () => monitor.Current;
    }
}
