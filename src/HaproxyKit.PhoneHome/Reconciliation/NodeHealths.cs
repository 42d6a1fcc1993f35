using System.Net;
using HaproxyKit.Control.Runtime;
using HaproxyKit.PhoneHome.Mappings;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>What HAProxy's checks say of all nodes at one moment. A node is found by where it is, whatever its server is called.</summary>
internal sealed class NodeHealths
{
    private readonly Dictionary<(string Backend, IPAddress Address, int Port), NodeHealth> _healths = [];

    private NodeHealths(IEnumerable<ServerState> servers)
    {
        foreach (var server in servers)
        {
            if (server is { IsChecked: true, Address: { } address })
            {
                _healths[(server.Backend, address, server.Port)] = server.Operational == ServerOperationalState.Stopped ? NodeHealth.Down : NodeHealth.Up;
            }
        }
    }

    /// <summary>Asks HAProxy; null where it does not answer.</summary>
    internal static async Task<NodeHealths?> ReadAsync(RuntimeClient runtime, CancellationToken cancellationToken)
    {
        try
        {
            return new NodeHealths(await runtime.ShowServersStateAsync(cancellationToken: cancellationToken).ConfigureAwait(false));
        }
        catch (RuntimeException)
        {
            return null;
        }
    }

    internal NodeHealth Of(Mapping mapping, MappingNode node) =>
        _healths.GetValueOrDefault((mapping.BackendName, node.Address, node.Port), NodeHealth.Unknown);
}
