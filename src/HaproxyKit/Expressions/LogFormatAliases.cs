using System.Collections.Frozen;
using System.Text;
using HaproxyKit.Catalog;

namespace HaproxyKit.Expressions;

/// <summary>The aliases of log formats, which HAProxy prints in no dump.</summary>
public static class LogFormatAliases
{
    private static readonly FrozenDictionary<string, LogFormatAlias> ByName =
        Make("o B H ID ST T Tc Th Tl Td Ts Tt Tu Tw U ac b bc bi bp bq ci cp f fc fi fp ft hr hrl hs hsl lc ms pid rc rt s sc si sp sq", false)
            .Concat(Make("sslc sslv t ts tsc", false))
            .Concat(Make("CC CS HM HP HPO HQ HU HV Ta Ti Tq TR Tr r tr trg trl", true))
            .Append(new LogFormatAlias("OG", RequiresHttp: false, new HaproxyVersion(3, 1)))
            .ToFrozenDictionary(alias => alias.Name, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, LogFormatAlias>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        ByName.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>All aliases of all versions, <c>o</c> among them, which holds flags for what follows and yields nothing.</summary>
    public static IReadOnlyCollection<LogFormatAlias> All => ByName.Values;

    /// <summary>The flags that <c>%{+flag}</c> may switch; HAProxy ignores all others in silence.</summary>
    public static IReadOnlyList<string> Flags { get; } = ["M", "Q", "X", "E", "bin", "json", "cbor", "utf8"];

    /// <summary>Looks for an alias, without allocating.</summary>
    /// <param name="name">The name without the percent sign, as bytes.</param>
    /// <param name="alias">The alias, or the default value.</param>
    /// <returns>False where no version has it.</returns>
    public static bool TryFind(ReadOnlySpan<byte> name, out LogFormatAlias alias)
    {
        alias = default;
        Span<char> characters = stackalloc char[8];
        return name.Length <= characters.Length
            && Lookup.TryGetValue(characters[..Encoding.Latin1.GetChars(name, characters)], out alias);
    }

    private static IEnumerable<LogFormatAlias> Make(string names, bool requiresHttp) =>
        names.Split(' ').Select(name => new LogFormatAlias(name, requiresHttp));
}
