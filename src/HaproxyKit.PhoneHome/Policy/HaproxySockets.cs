using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Runtime;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Policy;

/// <summary>The ports on which HAProxy itself is controlled, where it is not controlled by unix sockets.</summary>
internal sealed class HaproxySockets(IOptions<HaproxyOptions> options) : IReservedPorts
{
    /// <inheritdoc/>
    public string? Find(int port) =>
        PortOf(options.Value.StatsSocket) == port || PortOf(options.Value.MasterSocket) == port
            ? "HAProxy is controlled there"
            : null;

    private static int? PortOf(string? socket) =>
        RuntimeEndpoint.TryParse(socket, out var endpoint) && endpoint.Path is null ? endpoint.Port : null;
}
