using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.PhoneHome.Mappings;

/// <summary>
/// Which node has which server, as HAProxy was seen to serve it last. Its file may say otherwise or nothing, where a template run or an old copy
/// was put there: what HAProxy has out of service then is to be understood by what stood there before.
/// </summary>
/// <param name="served">The file as it was served last, or null where that is not known.</param>
/// <param name="file">The file as it stands.</param>
internal sealed class ServedSlots(Lazy<ConfigDocument?> served, ConfigDocument file)
{
    private readonly Lazy<HaproxyConfig?> _served = new(() => served.Value is { } document ? new HaproxyConfig(document) : null);
    private readonly Lazy<HaproxyConfig> _file = new(() => new HaproxyConfig(file));

    /// <summary>The slots of a backend as it stands where it is written, and before that as it was served: a node keeps the one that HAProxy knows.</summary>
    internal IReadOnlyDictionary<int, string?> TakenIn(string backend, Backend? present)
    {
        var standing = MappingServers.ReadSlots(present);
        if (Read(_served.Value, backend) is not { } slots)
        {
            return standing;
        }

        var placed = slots.Values.ToHashSet();
        foreach (var (number, node) in standing)
        {
            if (!placed.Contains(node))
            {
                slots.TryAdd(number, node);
            }
        }

        return slots;
    }

    /// <summary>
    /// Tells by backend and name whether a server that is out of service is so by our own doing: no node has it, or one that did not have it when it
    /// was served last. Where that is not known the file counts; where neither has the backend, it counts as ours: somebody's word that is lost does
    /// less harm than a node that nobody puts in service. Null for what is no server of a mapping.
    /// </summary>
    internal Func<string, string, bool?> OwnMaintenance(IEnumerable<Mapping> wanted)
    {
        var mappings = new Lazy<Dictionary<string, Mapping>>(() => wanted.ToDictionary(mapping => mapping.BackendName, StringComparer.Ordinal));
        return (backend, server) => MappingSlot.NumberOf(server) is { } number && mappings.Value.GetValueOrDefault(backend) is { } mapping
            ? !((Read(_served.Value, backend) ?? Read(_file.Value, backend)) is { } known
                && known.TryGetValue(number, out var name)
                && mapping.Nodes.Any(node => string.Equals(node.Node, name, StringComparison.Ordinal)))
            : null;
    }

    private static Dictionary<int, string?>? Read(HaproxyConfig? config, string backend) =>
        config is not null && config.Backends.TryGet(backend, out var section) ? MappingServers.ReadSlots(section) : null;
}
