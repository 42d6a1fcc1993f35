using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis;

/// <summary>A name that a line refers to, and that a later line may define.</summary>
/// <param name="Kind">The kind of name.</param>
/// <param name="Name">The decoded name, among those that the analysis keeps.</param>
/// <param name="Site">Where it stands.</param>
/// <param name="Section">The section of the line, by its number.</param>
/// <param name="Owner">The word of the line that says what the name is for.</param>
internal readonly record struct Reference(SymbolKind Kind, TextSpan Name, Site Site, int Section, CatalogEntry Owner);
