using System.Collections.Immutable;
using System.Globalization;

namespace HaproxyKit.PhoneHome.Mappings;

/// <summary>
/// A server of a mapping's backend: in the order of their numbers they are the places that nodes take, so that a node can join without a reload.
/// </summary>
/// <param name="Number">Its number, from 1, which its name tells.</param>
/// <param name="Node">Who has it, or null for a free one.</param>
internal readonly record struct MappingSlot(int Number, MappingNode? Node)
{
    private const string Prefix = "n";

    internal string ServerName => NameOf(Number);

    internal static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number}");

    /// <summary>The number that a server's name tells; null for one that is no slot's.</summary>
    internal static int? NumberOf(string server) =>
        server.StartsWith(Prefix, StringComparison.Ordinal)
        && int.TryParse(server.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number > 0 && server == NameOf(number)
            ? number
            : null;

    /// <summary>Gives every node a slot: the one that it has, else the lowest free one, beyond the last where none is free.</summary>
    /// <param name="nodes">The nodes.</param>
    /// <param name="taken">Who has which slot at present.</param>
    /// <param name="count">How many slots there are at least.</param>
    /// <param name="isDraining">Tells of a slot that sessions of a node before still end on it, so that it is taken only where no other is free.</param>
    /// <returns>All slots, in order; of those beyond <paramref name="count"/> only taken ones.</returns>
    internal static ImmutableArray<MappingSlot> Assign(
        ImmutableArray<MappingNode> nodes, IReadOnlyDictionary<int, string?> taken, int count, Func<int, bool> isDraining)
    {
        var slots = new SortedDictionary<int, MappingNode?>();
        for (var number = 1; number <= count; number++)
        {
            slots.Add(number, null);
        }

        var waiting = nodes.ToList();
        foreach (var (number, name) in taken.OrderBy(pair => pair.Key))
        {
            if (waiting.Find(node => node.Node == name) is { } node)
            {
                slots[number] = node;
                waiting.Remove(node);
            }
        }

        foreach (var node in waiting)
        {
            var free = slots.Where(slot => slot.Value is null).Select(slot => slot.Key).ToList();
            slots[free.Count > 0 ? free.Find(number => !isDraining(number)) is var first and > 0 ? first : free[0] : Beyond(slots, isDraining)] = node;
        }

        return [.. slots.Select(slot => new MappingSlot(slot.Key, slot.Value))];
    }

    private static int Beyond(SortedDictionary<int, MappingNode?> slots, Func<int, bool> isDraining)
    {
        // A server that is being deleted cannot be added again under its name.
        var number = slots.Count + 1;
        while (slots.ContainsKey(number) || isDraining(number))
        {
            number++;
        }

        return number;
    }
}
