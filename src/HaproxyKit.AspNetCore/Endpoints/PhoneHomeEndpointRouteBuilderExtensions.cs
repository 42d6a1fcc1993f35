using HaproxyKit.AspNetCore.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the endpoints.</summary>
public static class PhoneHomeEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps <c>POST</c> and <c>DELETE /v1/phone-home</c> (our format), <c>POST /hooks/update-haproxy</c> (the incumbent's),
    /// <c>GET /v1/mappings</c> and <c>/v1/mappings/{port}</c> (what the token's owner has), <c>GET /v1/events</c> (what
    /// becomes of it, as server-sent events), <c>GET /healthz</c> (the process answers), <c>GET /readyz</c> (calls can be
    /// carried out) and <c>GET /openapi/v1.json</c> (the description of all this). Whatever else is asked for below <c>/v1</c>, and not mapped by
    /// the host, is answered with a problem.
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
        var mappings = endpoints.ServiceProvider.GetRequiredService<MappingsEndpoint>();
        var events = endpoints.ServiceProvider.GetRequiredService<EventsEndpoint>();
        var status = endpoints.ServiceProvider.GetRequiredService<StatusEndpoint>();
        var guard = endpoints.ServiceProvider.GetRequiredService<DefectGuard>();
        var group = endpoints.MapGroup("");
        group.Map("/v1/phone-home", guard.Guard(endpoint.PhoneHomeAsync));
        group.Map("/hooks/update-haproxy", guard.Guard(endpoint.IncumbentAsync));
        group.Map("/v1/mappings", guard.Guard(mappings.ListAsync));
        group.Map("/v1/mappings/{port}", guard.Guard(mappings.GetAsync));
        group.Map("/v1/events", guard.Guard(events.StreamAsync));
        group.Map("/healthz", guard.Guard(status.HealthAsync));
        group.Map("/readyz", guard.Guard(status.ReadyAsync));
        group.Map("/openapi/v1.json", guard.Guard(status.OpenApiAsync));
        group.MapFallback("/v1/{**rest}", guard.Guard(StatusEndpoint.NotFoundAsync)).WithMetadata(new ExcludeFromDescriptionAttribute());
        return group;
    }
}
