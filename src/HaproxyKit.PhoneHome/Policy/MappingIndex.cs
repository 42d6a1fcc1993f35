using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Policy;

/// <summary>The mappings of one moment, found by port, and counted by owner.</summary>
internal sealed class MappingIndex
{
    private readonly Dictionary<int, MappingStatus> byPort;
    private readonly Dictionary<string, int> countOfOwner = new(StringComparer.Ordinal);

    internal MappingIndex(IReadOnlyList<MappingStatus> mappings)
    {
        Mappings = mappings;
        byPort = new Dictionary<int, MappingStatus>(mappings.Count);
        foreach (var mapping in mappings)
        {
            byPort[mapping.FrontendPort] = mapping;
            countOfOwner[mapping.Owner] = countOfOwner.GetValueOrDefault(mapping.Owner) + 1;
        }
    }

    /// <summary>What it was made of.</summary>
    internal IReadOnlyList<MappingStatus> Mappings { get; }

    internal MappingStatus? this[int frontendPort] => byPort.GetValueOrDefault(frontendPort);

    internal int CountOf(string owner) => countOfOwner.GetValueOrDefault(owner);

    internal NodeStatus? Find(int frontendPort, string? node)
    {
        if (this[frontendPort] is not { } mapping)
        {
            return null;
        }

        foreach (var known in mapping.Nodes)
        {
            if (string.Equals(known.Node, node, StringComparison.Ordinal))
            {
                return known;
            }
        }

        return null;
    }
}
