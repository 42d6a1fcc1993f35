using HaproxyKit.PhoneHome.Policy;
using HaproxyKit.PhoneHome.Tokens;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers who may call, and what callers may map.</summary>
public static class PhoneHomeAccessServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="TokenValidator"/> and <see cref="PhoneHomePolicy"/>; the host does not start while
    /// <see cref="PhoneHomeTokenOptions"/> or <see cref="PhoneHomePolicyOptions"/> cannot be used.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddPhoneHomeAccess(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<PhoneHomeTokenOptions>, PhoneHomeTokenOptionsValidator>());
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<PhoneHomePolicyOptions>, PhoneHomePolicyOptionsValidator>());
        services.AddOptions<PhoneHomeTokenOptions>().ValidateOnStart();
        services.AddOptions<PhoneHomePolicyOptions>().ValidateOnStart();
        services.TryAddSingleton<TokenValidator>();
        services.TryAddSingleton<PhoneHomePolicy>();
        return services;
    }
}
