using System.Collections.Immutable;
using System.Net;
using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Mappings;

/// <summary>A frontend and its backend as the incumbent's script writes them.</summary>
/// <param name="Name">The name between its comment lines.</param>
/// <param name="Port">The port on which HAProxy listens.</param>
/// <param name="Address">The address of its one server.</param>
/// <param name="NodePort">The port there.</param>
/// <param name="Start">Where its first comment line begins in the file, in bytes.</param>
/// <param name="Length">How many bytes there are up to the end of its last comment line.</param>
internal sealed record IncumbentSection(string Name, int Port, IPAddress Address, int NodePort, int Start, int Length)
{
    internal string FrontendName => IncumbentSections.FrontendName(Port);

    internal string BackendName => IncumbentSections.BackendName(Port);

    internal Mapping ToMapping(string owner, TimeSpan lease) => new()
    {
        Name = Name,
        FrontendPort = Port,
        Owner = owner,
        Lease = lease,
        Nodes = ImmutableArray.Create(new MappingNode { Address = Address, Port = NodePort }),
    };

    /// <summary>Whether the section makes HAProxy do what the mapping asks for.</summary>
    internal bool Says(Mapping mapping) =>
        string.Equals(mapping.Name, Name, StringComparison.Ordinal)
        && mapping.SendProxy == ProxyProtocol.None
        && mapping.Settings == MappingSettings.Default
        && mapping.Nodes is [{ Node: null, Weight: MappingNode.DefaultWeight } node]
        && node.Address.Equals(Address)
        && node.Port == NodePort;
}
