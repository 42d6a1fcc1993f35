using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Mappings;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>The mappings as those see them who ask: of the last pass, and made when they are asked for first.</summary>
internal sealed class StatusBoard(MappingStore store, Quarantine quarantine, HeldNodes held)
{
    private volatile Lazy<IReadOnlyList<MappingStatus>> _current = new([]);
    private volatile Dictionary<int, (Mapping Of, MappingStatus Status)> _made = [];
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
        _current = new(() => Make(mappings, reasons));
    }

    /// <summary>Of a mapping that is as it was, the status is too: of many, one call changes one.</summary>
    private List<MappingStatus> Make(DesiredMappings mappings, IReadOnlyDictionary<int, string> reasons)
    {
        var (last, made) = (_made, new Dictionary<int, (Mapping Of, MappingStatus Status)>());
        var list = new List<MappingStatus>();
        foreach (var mapping in mappings.Open)
        {
            var reason = reasons.GetValueOrDefault(mapping.FrontendPort);
            var status = last.TryGetValue(mapping.FrontendPort, out var known) && ReferenceEquals(known.Of, mapping) && IsStill(known.Status, reason)
                ? known.Status
                : StatusOf(mapping, reason);
            made.Add(mapping.FrontendPort, (mapping, status));
            list.Add(status);
        }

        _made = made;
        return list;
    }

    private bool IsStill(MappingStatus status, string? reason)
    {
        foreach (var node in status.Nodes)
        {
            if (node.SignedAt != store.Stamps.Find(status.Owner, status.FrontendPort, node.Node) || node.HeldByOperator != held.Find(status.FrontendPort, node.Node))
            {
                return false;
            }
        }

        return status.HeldBecause == reason;
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
