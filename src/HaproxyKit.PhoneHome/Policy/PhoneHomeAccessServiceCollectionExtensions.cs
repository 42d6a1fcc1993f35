using HaproxyKit.PhoneHome.Policy;
using HaproxyKit.PhoneHome.Tokens;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers who may call, and what callers may map.</summary>
public static class PhoneHomeAccessServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="TokenValidator"/>, <see cref="PhoneHomePolicy"/>, <see cref="CallFailures"/> and
    /// <see cref="CallAdmission"/>, which stands before the <see cref="HaproxyKit.PhoneHome.Contract.IPhoneHome"/> that is
    /// registered. The first use of the first throws
    /// <see cref="OptionsValidationException"/> where no token can be used; the host does not start while
    /// <see cref="PhoneHomePolicyOptions"/> or <see cref="PhoneHomeSignatureOptions"/> cannot be used.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddPhoneHomeAccess(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<PhoneHomeSignatureOptions>, PhoneHomeSignatureOptionsValidator>());
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<PhoneHomePolicyOptions>, PhoneHomePolicyOptionsValidator>());
        services.AddOptions<PhoneHomeTokenOptions>();
        services.AddOptions<PhoneHomeSignatureOptions>().ValidateOnStart();
        services.AddOptions<PhoneHomePolicyOptions>().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TokenValidator>();
        services.TryAddSingleton<PhoneHomePolicy>();
        services.TryAddSingleton<CallFailures>();
        services.TryAddSingleton<CallAdmission>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IReservedPorts, SshPorts>(static _ => new SshPorts()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IReservedPorts, HaproxySockets>());
        return services;
    }
}
