using System.Collections.Immutable;

namespace HaproxyKit.Control.Planning;

/// <summary>A word with its values as it counts for a server.</summary>
/// <param name="Word">The word.</param>
/// <param name="Text">The word itself and what belongs to it.</param>
internal readonly record struct ServerWordUse(ServerWord Word, ImmutableArray<string> Text)
{
    /// <summary>The value, or null where it takes none.</summary>
    internal string? Value => Text.Length > 1 ? Text[1] : null;
}
