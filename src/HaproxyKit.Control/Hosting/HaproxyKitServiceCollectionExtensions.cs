using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Drift;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Syntax;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the control of one HAProxy.</summary>
public static class HaproxyKitServiceCollectionExtensions
{
    /// <summary>
    /// Adds a <see cref="Deployer"/> and what it stands on, each as a singleton: <see cref="ConfigFile"/>, <see cref="IConfigChecker"/>,
    /// <see cref="RuntimeClient"/>, <see cref="IReloader"/>, <see cref="BindProbe"/>, an <see cref="AlarmBoard"/>, and a <see cref="DriftMonitor"/>, which the host
    /// runs. The settings are judged when the host starts.
    /// </summary>
    /// <remarks>
    /// The <see cref="IReloader"/> is a <see cref="CoalescingReloader"/>, so that programs that reload by themselves share reloads too. The
    /// deployer gathers what waits for a reload in lanes of its own, and asks the strategy behind it: no change waits for two intervals.
    /// </remarks>
    /// <param name="services">The services.</param>
    /// <param name="configure">Says where HAProxy is, or null where the settings come from elsewhere.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddHaproxyKit(this IServiceCollection services, Action<HaproxyOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<HaproxyOptions>().Configure(configure ?? (static _ => { })).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HaproxyOptions>, HaproxyOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(static provider => new ConfigFile(Options(provider).ConfigFile, time: Time(provider)));
        services.TryAddSingleton(static provider => new RuntimeClient(RuntimeEndpoint.Parse(Options(provider).StatsSocket), time: Time(provider)));
        services.TryAddSingleton(static provider => new WorkerWatch(
            provider.GetRequiredService<RuntimeClient>(), MasterOf(provider), Time(provider)));
        services.TryAddSingleton<IReloader>(static provider => new CoalescingReloader(
            StrategyOf(provider), Options(provider).ReloadInterval, Time(provider)));
        services.TryAddSingleton(static provider => new BindProbe(new BindProbeOptions { AllowEphemeralPorts = Options(provider).AllowEphemeralPorts }));
        services.TryAddSingleton(static provider => new InvocationSource(
            Options(provider), provider.GetRequiredService<WorkerWatch>(), Time(provider)));
        services.TryAddSingleton<IConfigChecker>(static provider => new CurrentInvocationChecker(
            provider.GetRequiredService<InvocationSource>(), Time(provider)));
        services.TryAddSingleton(static provider => new AlarmBoard(provider.GetService<ILogger<AlarmBoard>>(), Time(provider)));
        services.TryAddSingleton(static provider => new Deployer(
            provider.GetRequiredService<ConfigFile>(),
            provider.GetRequiredService<IConfigChecker>(),
            provider.GetRequiredService<RuntimeClient>(),
            provider.GetRequiredService<WorkerWatch>(),
            provider.GetRequiredService<IReloader>() is CoalescingReloader gate ? gate.Inner : provider.GetRequiredService<IReloader>(),
            provider.GetRequiredService<BindProbe>(),
            new DeployerOptions
            {
                ReloadInterval = Options(provider).ReloadInterval,
                CheckDelay = Options(provider).CheckDelay,
                AppliesForeignLines = Options(provider).AppliesForeignLines,
            },
            provider.GetService<ILogger<Deployer>>(),
            provider.GetRequiredService<AlarmBoard>(),
            Time(provider)));
        AddDrift(services);
        return services;
    }

    private static void AddDrift(IServiceCollection services)
    {
        services.AddOptions<DriftMonitorOptions>().Configure<IOptions<HaproxyOptions>>(
            static (drift, haproxy) => drift.Interval = haproxy.Value.DriftInterval);
        services.TryAddSingleton(static provider => new DriftDetector(
            provider.GetRequiredService<ConfigFile>(), provider.GetRequiredService<WorkerWatch>(), provider.GetRequiredService<InvocationSource>(), Time(provider)));
        services.TryAddSingleton(static provider => new DriftMonitor(
            provider.GetRequiredService<DriftDetector>(),
            provider.GetRequiredService<WorkerWatch>(),
            LastDeployedOf(provider),
            provider.GetRequiredService<IOptions<DriftMonitorOptions>>().Value,
            Time(provider),
            provider.GetService<ILogger<DriftMonitor>>())
        {
            IsDeploying = () => provider.GetRequiredService<Deployer>().IsUnderWay,
            ClosedFrontends = () => provider.GetRequiredService<Deployer>().ClosedFrontends,
        });
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DriftMonitor>(
            static provider => provider.GetRequiredService<DriftMonitor>()));
    }

    private static Func<CancellationToken, ValueTask<ConfigDocument?>> LastDeployedOf(IServiceProvider provider) =>
        _ => new(provider.GetRequiredService<Deployer>().LastDeployed);

    private static HaproxyOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<HaproxyOptions>>().Value;

    private static TimeProvider Time(IServiceProvider provider) => provider.GetRequiredService<TimeProvider>();

    private static MasterClient? MasterOf(IServiceProvider provider) =>
        Options(provider).MasterSocket is { } socket ? new MasterClient(RuntimeEndpoint.Parse(socket), time: Time(provider)) : null;

    private static IReloader StrategyOf(IServiceProvider provider)
    {
        var options = Options(provider);
        var watch = provider.GetRequiredService<WorkerWatch>();
        var patience = new ReloaderOptions { Timeout = options.ReloadTimeout, MaxOldWorkers = options.MaxOldWorkers };
        var time = Time(provider);
        return options.Reload switch
        {
            ReloadStrategy.Systemd => new SystemdReloader(watch, options.SystemdUnit, patience, time, options.Systemctl),
            ReloadStrategy.Command => new CommandReloader(watch, options.ReloadCommand[0], [.. options.ReloadCommand.Skip(1)], patience, time),
            ReloadStrategy.Signal => new SignalReloader(watch, options.PidFile, patience, time),
            ReloadStrategy.Automatic when watch.Master is null => new SignalReloader(watch, options.PidFile, patience, time),
            _ => new MasterSocketReloader(watch, patience, time),
        };
    }
}
