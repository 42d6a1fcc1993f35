namespace HaproxyKit.Control.Planning;

/// <summary>Names that a command can carry.</summary>
internal static class ServerNames
{
    /// <summary>Whether a name is one that HAProxy takes (configuration manual, chapter 4), and a command can carry.</summary>
    internal static bool IsPlain(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or ':');
}
