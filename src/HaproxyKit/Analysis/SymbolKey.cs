namespace HaproxyKit.Analysis;

/// <summary>What a name is looked up by.</summary>
/// <param name="Kind">The kind of name.</param>
/// <param name="Scope">The section for names that belong to one, by its number in the analysis; else 0.</param>
/// <param name="Name">The decoded name.</param>
internal readonly record struct SymbolKey(SymbolKind Kind, int Scope, ReadOnlyMemory<byte> Name);
