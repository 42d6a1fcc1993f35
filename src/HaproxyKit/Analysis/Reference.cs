namespace HaproxyKit.Analysis;

/// <summary>A name that a line refers to, and that a later line may define.</summary>
/// <param name="Kind">The kind of name.</param>
/// <param name="Name">The decoded name.</param>
/// <param name="Site">Where it stands.</param>
/// <param name="Section">The section of the line.</param>
/// <param name="Keyword">The word of the line that says what the name is for.</param>
internal readonly record struct Reference(
    SymbolKind Kind, ReadOnlyMemory<byte> Name, Site Site, SectionContext Section, string Keyword);
