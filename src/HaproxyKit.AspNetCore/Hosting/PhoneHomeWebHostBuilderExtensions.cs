using HaproxyKit.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Hosting;

/// <summary>Makes Kestrel fit for calls from strangers.</summary>
public static class PhoneHomeWebHostBuilderExtensions
{
    /// <summary>
    /// Listens where section <c>PhoneHome:Server</c> says, and nowhere else: with TLS from a certificate file, or in
    /// plain HTTP
    /// on loopback addresses alone. Bounds headers, bodies, connections and the time for each.
    /// </summary>
    /// <param name="builder">The web host.</param>
    /// <returns>The web host.</returns>
    public static IWebHostBuilder UsePhoneHomeServer(this IWebHostBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.ConfigureServices(static services =>
        {
            services.AddOptions<PhoneHomeServerOptions>()
                .BindConfiguration(PhoneHomeServerOptions.SectionName)
                .ValidateOnStart();
            services.TryAddEnumerable(
                ServiceDescriptor.Singleton<IValidateOptions<PhoneHomeServerOptions>, PhoneHomeServerOptionsValidator>());
            services.TryAddEnumerable(
                ServiceDescriptor.Singleton<IPostConfigureOptions<KestrelServerOptions>, KestrelSetup>());
            services.TryAddSingleton(TimeProvider.System);
        });
    }
}
