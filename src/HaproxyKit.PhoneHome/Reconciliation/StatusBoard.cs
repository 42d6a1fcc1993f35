using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Mappings;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>The mappings as those see them who ask: a snapshot, made anew by each pass.</summary>
internal sealed class StatusBoard(MappingStore store, Quarantine quarantine)
{
    private volatile IReadOnlyList<MappingStatus> _current = [];

    internal IReadOnlyList<MappingStatus> Current => _current;

    /// <summary>Makes the snapshot anew; under the store's lock.</summary>
    internal void Renew()
    {
        var reasons = quarantine.Reasons;
        _current = [.. store.Load().Open.Select(mapping => StatusOf(mapping, reasons.GetValueOrDefault(mapping.FrontendPort)))];
    }

    private MappingStatus StatusOf(Mapping mapping, string? heldBecause) => new()
    {
        Name = mapping.Name,
        FrontendPort = mapping.FrontendPort,
        Owner = mapping.Owner,
        SendProxy = mapping.SendProxy,
        Settings = mapping.Settings,
        Lease = mapping.Lease,
        HeldBecause = heldBecause,
        Nodes =
        [
            .. mapping.Nodes.Select(node => new NodeStatus
            {
                Node = node.Node,
                Address = node.Address,
                Port = node.Port,
                Weight = node.Weight,
                SignedAt = store.Stamps.Find(mapping.Owner, mapping.FrontendPort, node.Node),
            }),
        ],
    };
}
