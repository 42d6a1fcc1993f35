using System.Buffers.Binary;

namespace HaproxyKit.Analysis;

/// <summary>Compares names by their bytes, also where they are spans that nothing was allocated for.</summary>
internal sealed class SymbolKeyComparer : IEqualityComparer<SymbolKey>, IAlternateEqualityComparer<SymbolQuery, SymbolKey>
{
    private static readonly ulong Seed = (ulong)HashCode.Combine(1) << 32 | (uint)HashCode.Combine(2);

    public bool Equals(SymbolKey x, SymbolKey y) =>
        x.Kind == y.Kind && x.Scope == y.Scope && x.Name.Span.SequenceEqual(y.Name.Span);

    public int GetHashCode(SymbolKey key) => Hash(key.Kind, key.Scope, key.Name.Span);

    public bool Equals(SymbolQuery alternate, SymbolKey other) =>
        alternate.Kind == other.Kind && alternate.Scope == other.Scope && alternate.Name.SequenceEqual(other.Name.Span);

    public int GetHashCode(SymbolQuery alternate) => Hash(alternate.Kind, alternate.Scope, alternate.Name);

    public SymbolKey Create(SymbolQuery alternate) => new(alternate.Kind, alternate.Scope, alternate.Name.ToArray());

    /// <summary>The hash code of a name.</summary>
    internal static int Hash(SymbolKind kind, int scope, ReadOnlySpan<byte> name)
    {
        // Names are short: eight bytes at a time, from a start that differs from process to process.
        var hash = Seed ^ ((ulong)kind << 56) ^ ((ulong)(uint)scope << 8) ^ (uint)name.Length;
        while (name.Length >= sizeof(ulong))
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(name));
            name = name[sizeof(ulong)..];
        }

        var rest = 0UL;
        foreach (var b in name)
        {
            rest = (rest << 8) | b;
        }

        hash = Mix(hash ^ rest);
        return (int)(hash ^ (hash >> 32));
    }

    private static ulong Mix(ulong value)
    {
        value *= 0x9E3779B97F4A7C15;
        return value ^ (value >> 29);
    }
}
