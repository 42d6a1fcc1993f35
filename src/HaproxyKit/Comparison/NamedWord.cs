namespace HaproxyKit.Comparison;

/// <summary>A word of a line with the value that belongs to it.</summary>
/// <param name="Name">Its name, or null on lines whose words have none.</param>
/// <param name="Value">The value behind it, or the word itself where it has no name; null for a flag.</param>
/// <param name="Index">Its place in the line, from 0.</param>
/// <param name="Key">What it is compared by: equal for words that HAProxy reads alike.</param>
/// <param name="HasVariables">Whether name or value refer to the environment.</param>
internal readonly record struct NamedWord(string? Name, string? Value, int Index, string Key, bool HasVariables);
