using HaproxyKit.PhoneHome.Policy;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace HaproxyKit.AspNetCore.Hosting;

/// <summary>The ports on which the webhook itself listens.</summary>
/// <param name="services">Where the server is, if this is one.</param>
internal sealed class OwnListeners(IServiceProvider services) : IReservedPorts
{
    /// <inheritdoc/>
    public string? Find(int port) =>
        services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses.Any(address => PortOf(address) == port) == true
            ? "the webhook itself listens there"
            : null;

    private static int? PortOf(string address)
    {
        var binding = BindingAddress.Parse(address);
        return binding.IsUnixPipe ? null : binding.Port;
    }
}
