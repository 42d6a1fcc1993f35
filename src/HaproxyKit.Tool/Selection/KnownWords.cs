using System.Text;
using HaproxyKit.Catalog;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Tool.Selection;

/// <summary>
/// What some version of HAProxy knows: a bare word that none does is a slip of the hand, most likely a forgotten equals
/// sign.
/// </summary>
internal static class KnownWords
{
    private static readonly HaproxyCatalog[] Catalogs =
    [
        HaproxyCatalog.For(HaproxyVersion.V2_6), HaproxyCatalog.For(HaproxyVersion.V3_0),
        HaproxyCatalog.For(HaproxyVersion.V3_2), HaproxyCatalog.For(HaproxyVersion.V3_5),
    ];

    /// <summary>Refuses a line that begins with no keyword of a section.</summary>
    /// <exception cref="ToolException">No version knows the keyword there.</exception>
    internal static void RequireKeyword(SectionKind section, string name)
    {
        var line = Encoding.UTF8.GetBytes(name);
        if (!Array.Exists(
            Catalogs,
            catalog => catalog.FindDirective(section, line).Status is LookupStatus.Found or LookupStatus.Indeterminate))
        {
            throw Unknown(name);
        }
    }

    /// <summary>Refuses a word that no <c>bind</c> or no <c>server</c> takes.</summary>
    /// <exception cref="ToolException">No version knows the word there.</exception>
    internal static void RequireWord(Directive line, string name)
    {
        var kind = line.Keyword switch
        {
            "bind" => EntryClass.BindWord,
            "server" or "server-template" or "default-server" => EntryClass.ServerWord,
            _ => (EntryClass?)null,
        };
        var word = Encoding.UTF8.GetBytes(name);
        if (kind is { } known && !Array.Exists(Catalogs, catalog => catalog.TryFind(known, word, out _)))
        {
            throw Unknown(name);
        }
    }

    private static ToolException Unknown(string name) =>
        new($"HAProxy knows no '{name}' here: write {name}=value if it is meant nevertheless");
}
