using System.Net;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Mappings;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>A mapping as it stands in the state folder.</summary>
internal sealed record StoredMapping(
    string Name, int FrontendPort, string Owner, int LeaseMilliseconds, ProxyProtocol SendProxy, IReadOnlyList<StoredNode> Nodes,
    PhoneHomeSettings? Settings = null, bool? IsDeclared = null, bool? IsNamedByPort = null)
{
    internal static StoredMapping Of(Mapping mapping) => new(
        mapping.Name,
        mapping.FrontendPort,
        mapping.Owner,
        (int)mapping.Lease.TotalMilliseconds,
        mapping.SendProxy,
        [.. mapping.Nodes.Select(node => new StoredNode(node.Node, node.Address.ToString(), node.Port, node.Instances, node.Weight == MappingNode.DefaultWeight ? null : node.Weight))],
        mapping.Settings == MappingSettings.Default ? null : PhoneHomeSettings.From(mapping.Settings),
        mapping.IsDeclared ? true : null,
        mapping.IsNamedByPort ? true : null);

    internal Mapping ToMapping() => new()
    {
        Name = Name,
        FrontendPort = FrontendPort,
        Owner = Owner,
        Lease = TimeSpan.FromMilliseconds(LeaseMilliseconds),
        SendProxy = SendProxy,
        IsDeclared = IsDeclared ?? false,
        IsNamedByPort = IsNamedByPort ?? false,
        Settings = SettingsReader.Read(Settings) ?? MappingSettings.Default,
        Nodes =
        [
            .. Nodes.Select(node => new MappingNode
            {
                Node = node.Node,
                Address = IPAddress.Parse(node.Address),
                Port = node.Port,
                Weight = node.Weight ?? MappingNode.DefaultWeight,
                Instances = [.. node.Instances],
            }),
        ],
    };
}
