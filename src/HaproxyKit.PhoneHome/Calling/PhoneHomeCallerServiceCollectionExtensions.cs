using HaproxyKit.PhoneHome.Calling;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the sidecar's work.</summary>
public static class PhoneHomeCallerServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="PhoneHomeCaller"/> as a hosted service, with its options from the variables that
    /// <see cref="PhoneHomeCallerOptions"/> names. The host does not start while one of them is wrong: the
    /// <see cref="OptionsValidationException"/> names them all.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="environment">Where the variables are; a host's configuration holds the process's
    /// environment.</param>
    /// <param name="arguments">The process's arguments: nothing, <c>add</c> or <c>delete</c>.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddPhoneHomeCaller(
        this IServiceCollection services, IConfiguration environment, params IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(arguments);
        services.AddOptions<PhoneHomeCallerOptions>()
            .Configure(options => Read(environment, arguments, options))
            .ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<PhoneHomeCallerOptions>, PhoneHomeCallerOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PhoneHomeCaller>(static provider => new PhoneHomeCaller(
            provider.GetRequiredService<IOptions<PhoneHomeCallerOptions>>(),
            provider.GetRequiredService<Hosting.IHostApplicationLifetime>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<Random>() ?? new Random(),
            provider.GetRequiredService<Logging.ILogger<PhoneHomeCaller>>()));
        services.AddHostedService(static provider => provider.GetRequiredService<PhoneHomeCaller>());
        return services;
    }

    private static void Read(IConfiguration environment, IReadOnlyList<string> arguments, PhoneHomeCallerOptions options)
    {
        options.Webhook = environment["WEBHOOK"];
        options.Token = environment["WEBHOOK_TOKEN"];
        options.TokenFile = environment["WEBHOOK_TOKEN_FILE"];
        options.TokenId = environment["WEBHOOK_TOKEN_ID"];
        options.CaFile = environment["WEBHOOK_CA_FILE"];
        options.FrontendPort = environment["FRONTEND_PORT"];
        options.BackendPort = environment["BACKEND_PORT"];
        options.Name = environment["NAME"];
        options.RepeatInterval = environment["REPEAT_INTERVAL"];
        options.SendProxy = environment["SEND_PROXY"];
        options.NodeAddress = environment["NODE_ADDRESS"];
        options.NodeAddressFrom = environment["NODE_ADDRESS_FROM"];
        options.NodeName = environment["NODE_NAME"];
        options.PodUid = environment["POD_UID"];
        options.Weight = environment["WEIGHT"];
        options.BindAddress = environment["BIND_ADDRESS"];
        options.Check = environment["CHECK"];
        options.CheckPath = environment["CHECK_PATH"];
        options.CheckInterval = environment["CHECK_INTERVAL"];
        options.CheckTimeout = environment["CHECK_TIMEOUT"];
        options.CheckFall = environment["CHECK_FALL"];
        options.CheckRise = environment["CHECK_RISE"];
        options.Balance = environment["BALANCE"];
        options.Sticky = environment["STICKY"];
        options.MaxConnections = environment["MAX_CONNECTIONS"];
        options.Drain = environment["DRAIN"];
        options.Action = arguments.Count == 0 ? null : string.Join(' ', arguments);
    }
}
