using HaproxyKit.Catalog;

namespace HaproxyKit.Control.Planning;

/// <summary>A word of a <c>server</c> line (configuration manual, chapter 5.2), as far as the Runtime API is concerned.</summary>
/// <param name="Name">The word.</param>
/// <param name="TakesValue">Whether the word behind it is its value.</param>
/// <param name="AddedSince">The first version whose <c>add server</c> takes it; null where none does.</param>
/// <param name="Negates">The word that it takes away, and with that its own meaning; null where it has one of its own.</param>
/// <param name="IsNeedless">Whether a server with a literal address that is added at run time is the same without it.</param>
internal sealed record ServerWord(string Name, bool TakesValue, HaproxyVersion? AddedSince, string? Negates = null, bool IsNeedless = false);
