using System.Text;

namespace HaproxyKit.Syntax;

/// <summary>The words that open a section, and what HAProxy lets a name consist of.</summary>
public static class SectionKeywords
{
    private static readonly string[] Texts =
    [
        "", "global", "defaults", "frontend", "backend", "listen", "userlist", "peers", "mailers", "namespace_list",
        "resolvers", "cache", "ring", "log-forward", "log-profile", "http-errors", "fcgi-app", "crt-store", "acme",
        "traces", "healthcheck", "program", "spoe-agent", "spoe-group", "spoe-message",
    ];

    private static readonly byte[][] Keywords = Array.ConvertAll(Texts, Encoding.ASCII.GetBytes);

    /// <summary>The length of the longest keyword, in bytes.</summary>
    internal static readonly int LongestKeyword = Longest();

    /// <summary>
    /// For each first byte the kinds that begin with it, so that a line is compared with three words at most.
    /// </summary>
    private static readonly byte[][] ByFirstByte = KindsByFirstByte();

    /// <summary>The keyword of a kind of section.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The word that opens it; empty for <see cref="SectionKind.None"/>.</returns>
    public static string KeywordOf(SectionKind kind) => Texts[(int)kind];

    /// <summary>The kind of section that a word opens. Case matters, as in HAProxy.</summary>
    /// <param name="word">The decoded first word of a line.</param>
    /// <returns>The kind, or <see cref="SectionKind.None"/> when the word opens no section.</returns>
    public static SectionKind KindOf(ReadOnlySpan<byte> word)
    {
        if (word.IsEmpty || word[0] >= ByFirstByte.Length)
        {
            return SectionKind.None;
        }

        foreach (var kind in ByFirstByte[word[0]])
        {
            if (word.SequenceEqual(Keywords[kind]))
            {
                return (SectionKind)kind;
            }
        }

        return SectionKind.None;
    }

    /// <summary>Whether any section keyword begins with this byte.</summary>
    internal static bool MayBegin(byte first) => first < ByFirstByte.Length && ByFirstByte[first].Length > 0;

    private static int Longest()
    {
        var longest = 0;
        foreach (var text in Texts)
        {
            longest = Math.Max(longest, text.Length);
        }

        return longest;
    }

    /// <summary>Plain loops: they run before anything else can, and queries would cost milliseconds there.</summary>
    private static byte[][] KindsByFirstByte()
    {
        var kinds = new byte[128][];
        Array.Fill(kinds, []);
        for (var kind = 1; kind < Keywords.Length; kind++)
        {
            ref var same = ref kinds[Keywords[kind][0]];
            same = [.. same, (byte)kind];
        }

        return kinds;
    }
}
