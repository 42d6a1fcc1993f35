using System.Net;
using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Tests.Reconciliation;

/// <summary>What callers were told that there is: the rules of phone home in their shortest form, without a file, a process or a restart.</summary>
internal sealed class ReconcilingModel
{
    internal Dictionary<int, (string Owner, Dictionary<string, IPAddress> Nodes)> Mappings { get; } = [];

    /// <summary>What an add is answered where HAProxy takes everything; null where it is a conflict.</summary>
    internal MappingChange? ChangeOf(MappingCommand add)
    {
        if (!Mappings.TryGetValue(add.FrontendPort, out var mapping))
            return MappingChange.Created;
        return mapping.Owner != add.Owner ? null
            : !mapping.Nodes.TryGetValue(NameOf(add.Node), out var address) ? MappingChange.Changed
            : address.Equals(add.Address) ? MappingChange.Unchanged
            : MappingChange.Moved;
    }

    internal void Add(MappingCommand add)
    {
        var nodes = Mappings.TryGetValue(add.FrontendPort, out var mapping) ? mapping.Nodes : [];
        if (add.Node is null)
            nodes.Clear();
        else
            nodes.Remove("");
        nodes[NameOf(add.Node)] = add.Address;
        Mappings[add.FrontendPort] = (add.Owner, nodes);
    }

    /// <summary>What a goodbye is answered where HAProxy takes everything; null where it is a conflict.</summary>
    internal MappingChange? ChangeOfGoodbye(MappingCommand goodbye) =>
        !Mappings.TryGetValue(goodbye.FrontendPort, out var mapping) ? MappingChange.Absent
        : mapping.Owner != goodbye.Owner ? null
        : goodbye.Node is null || mapping.Nodes.ContainsKey(goodbye.Node) ? MappingChange.Removed
        : MappingChange.Absent;

    internal void Remove(int port, string? node, bool isWhole)
    {
        if (!Mappings.TryGetValue(port, out var mapping))
            return;
        mapping.Nodes.Remove(NameOf(node));
        if (isWhole || mapping.Nodes.Count == 0)
            Mappings.Remove(port);
    }

    private static string NameOf(string? node) => node ?? "";
}
