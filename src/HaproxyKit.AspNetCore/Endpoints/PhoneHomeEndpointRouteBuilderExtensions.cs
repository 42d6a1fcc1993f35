using HaproxyKit.AspNetCore.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the endpoints.</summary>
public static class PhoneHomeEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps <c>POST /v1/phone-home</c> (our format), <c>POST /hooks/update-haproxy</c> (the incumbent's),
    /// <c>GET /v1/mappings</c> (what the token's owner has) and <c>GET /healthz</c> (the process answers).
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <returns>All of them, for further conventions.</returns>
    /// <exception cref="InvalidOperationException">
    /// <c>AddPhoneHomeEndpoints</c> was not called, or no <see cref="HaproxyKit.PhoneHome.Contract.IPhoneHome"/> is
    /// registered.
    /// </exception>
    public static IEndpointConventionBuilder MapPhoneHome(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var endpoint = endpoints.ServiceProvider.GetRequiredService<PhoneHomeEndpoint>();
        var group = endpoints.MapGroup("");
        group.Map("/v1/phone-home", endpoint.PhoneHomeAsync);
        group.Map("/hooks/update-haproxy", endpoint.IncumbentAsync);
        group.Map("/v1/mappings", endpoint.ListAsync);
        group.Map("/healthz", PhoneHomeEndpoint.HealthAsync);
        return group;
    }
}
