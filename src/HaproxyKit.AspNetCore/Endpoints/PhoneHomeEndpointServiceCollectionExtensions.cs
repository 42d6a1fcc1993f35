using HaproxyKit.AspNetCore.Endpoints;
using HaproxyKit.PhoneHome.Policy;
using HaproxyKit.PhoneHome.Tokens;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers what the endpoints need, but for the reconciler itself.</summary>
public static class PhoneHomeEndpointServiceCollectionExtensions
{
    /// <summary>
    /// Adds the endpoints with tokens (section <c>PhoneHome:Tokens</c>), policy (<c>PhoneHome:Policy</c>) and their own
    /// settings (<c>PhoneHome:Endpoints</c>), all read from the host's configuration and judged when it starts.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddPhoneHomeEndpoints(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddPhoneHomeAccess();
        services.AddOptions<PhoneHomeTokenOptions>().BindConfiguration(PhoneHomeTokenOptions.SectionName);
        services.AddOptions<PhoneHomePolicyOptions>().BindConfiguration(PhoneHomePolicyOptions.SectionName);
        services.AddOptions<PhoneHomeEndpointOptions>()
            .BindConfiguration(PhoneHomeEndpointOptions.SectionName)
            .ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<PhoneHomeEndpointOptions>, PhoneHomeEndpointOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PhoneHomeEndpoint>();
        return services;
    }
}
