using System.Buffers;

namespace HaproxyKit.Syntax;

/// <summary>
/// What HAProxy lets names of proxies, servers, acls and scopes consist of: letters, digits and <c>. : _ -</c>.
/// </summary>
public static class NameRules
{
    private static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:-"u8);

    /// <summary>Whether HAProxy takes these bytes for a name.</summary>
    /// <param name="name">The decoded name.</param>
    /// <returns>True for one or more letters, digits, dots, colons, underscores and hyphens.</returns>
    public static bool IsName(ReadOnlySpan<byte> name) => !name.IsEmpty && !name.ContainsAnyExcept(NameBytes);

    /// <summary>Whether HAProxy takes this text for a name.</summary>
    /// <param name="name">The decoded name.</param>
    /// <returns>True for one or more letters, digits, dots, colons, underscores and hyphens.</returns>
    public static bool IsName(string? name) =>
        !string.IsNullOrEmpty(name) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or ':' or '-');

    /// <summary>Throws when a text is no name.</summary>
    internal static string Require(string? name, string argument)
    {
        ArgumentNullException.ThrowIfNull(name, argument);
        return IsName(name)
            ? name
            : throw new ArgumentException(
                $"'{name}' is no name for HAProxy: names consist of letters, digits and . : _ -", argument);
    }
}
