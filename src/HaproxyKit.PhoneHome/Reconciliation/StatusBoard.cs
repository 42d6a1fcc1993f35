using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Mappings;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>The mappings as those see them who ask: of the last pass, and made when they are asked for first.</summary>
internal sealed class StatusBoard(MappingStore store, Quarantine quarantine, HeldNodes held)
{
    private volatile Lazy<IReadOnlyList<MappingStatus>> _current = new([]);
    private (StoredState, IReadOnlyDictionary<int, string>, long, object) _madeOf;

    internal IReadOnlyList<MappingStatus> Current => _current.Value;

    /// <summary>Forgets what was made where something has changed; under the store's lock.</summary>
    internal void Renew()
    {
        var (reasons, mappings) = (quarantine.Reasons, store.Load());
        var madeOf = (store.Known, reasons, store.Stamps.Count, held.Version);
        if (madeOf == _madeOf)
        {
            return;
        }

        _madeOf = madeOf;
        _current = new(() => [.. mappings.Open.Select(mapping => StatusOf(mapping, reasons.GetValueOrDefault(mapping.FrontendPort)))]);
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
                HeldByOperator = held.Find(mapping.FrontendPort, node.Node),
            }),
        ],
    };
}
