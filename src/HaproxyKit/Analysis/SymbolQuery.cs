namespace HaproxyKit.Analysis;

/// <summary>What a name is looked up by, while its bytes are part of a line.</summary>
internal readonly ref struct SymbolQuery(SymbolKind kind, int scope, ReadOnlySpan<byte> name)
{
    internal SymbolKind Kind { get; } = kind;

    internal int Scope { get; } = scope;

    internal ReadOnlySpan<byte> Name { get; } = name;
}
