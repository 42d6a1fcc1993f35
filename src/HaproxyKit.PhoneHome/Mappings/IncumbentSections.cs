using System.Globalization;
using System.Text;
using HaproxyKit.Expressions;
using HaproxyKit.Syntax;

namespace HaproxyKit.PhoneHome.Mappings;

/// <summary>
/// Finds what the incumbent's script has written into a configuration, and removes it. Only what is exactly of its shape, with values that a
/// call can have, is taken for that: what somebody has changed since is the operator's.
/// </summary>
internal static class IncumbentSections
{
    private const string FirstLine = "### >> Used to run ";
    private const string LastLine = "### << Used to run ";

    private static readonly char[] Blanks = [' ', '\t', '\r'];

    internal static string FrontendName(int port) => string.Create(CultureInfo.InvariantCulture, $"{port}_frontend");

    internal static string BackendName(int port) => string.Create(CultureInfo.InvariantCulture, $"{port}_backend");

    /// <summary>The sections, in the order of the file; of two for one port neither, since HAProxy alone knows which serves.</summary>
    internal static IReadOnlyList<IncumbentSection> Find(ConfigDocument document)
    {
        var bytes = document.ToBytes();
        if (bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(FirstLine)) < 0)
        {
            return [];
        }

        // One character for each byte, whatever it is: places in the text are places in the file.
        var text = Encoding.Latin1.GetString(bytes);
        var found = new List<IncumbentSection>();
        for (var start = NextLine(text, 0, FirstLine); start >= 0; start = NextLine(text, start + FirstLine.Length, FirstLine))
        {
            if (Parse(text, start) is { } section)
            {
                found.Add(section);
            }
        }

        return [.. found.GroupBy(section => section.Port).Where(group => group.Count() == 1).Select(group => group.First())];
    }

    /// <summary>The configuration without these sections, all other bytes as they were.</summary>
    internal static ConfigDocument Remove(ConfigDocument document, IEnumerable<IncumbentSection> sections)
    {
        var left = document.ToBytes().ToList();
        var removed = sections.OrderByDescending(section => section.Start).ToList();
        foreach (var section in removed)
        {
            left.RemoveRange(section.Start, section.Length);
        }

        return removed.Count == 0 ? document : ConfigDocument.Parse([.. left], document.Path);
    }

    private static int NextLine(string text, int from, string beginning)
    {
        var at = text.IndexOf(beginning, from, StringComparison.Ordinal);
        while (at > 0 && text[at - 1] != '\n')
        {
            at = text.IndexOf(beginning, at + 1, StringComparison.Ordinal);
        }

        return at;
    }

    private static IncumbentSection? Parse(string text, int start)
    {
        var lines = new List<string[]>();
        var end = start;
        var isWhole = false;
        while (end < text.Length && !isWhole && lines.Count < 16)
        {
            var next = text.IndexOf('\n', end) is var feed && feed < 0 ? text.Length : feed + 1;
            var line = text[end..next].TrimEnd('\n');
            isWhole = line.StartsWith(LastLine, StringComparison.Ordinal);
            if (line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } words)
            {
                lines.Add(words);
            }

            end = next;
        }

        return isWhole && lines is [["###", ">>", "Used", "to", "run", var who], .. var body, ["###", "<<", "Used", "to", "run", var again]] && who == again
            ? Parse(who, body, start, end - start)
            : null;
    }

    private static IncumbentSection? Parse(string who, List<string[]> body, int start, int length)
    {
        var colon = who.LastIndexOf(':');
        if (colon < 1
            || !int.TryParse(who.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || body is not [.. var proxies, ["server", "s1", var server]]
            || !proxies.Select(words => string.Join(' ', words)).SequenceEqual(LinesOf(port), StringComparer.Ordinal)
            || !Address.TryParse(server, out var address)
            || address is not { IPAddress: { } node, Port: { } nodePort })
        {
            return null;
        }

        var section = new IncumbentSection(who[..colon], port, node, nodePort, start, length);
        return MappingRules.IsSound(section.ToMapping("owner", TimeSpan.FromHours(1))) ? section : null;
    }

    private static IEnumerable<string> LinesOf(int port) =>
    [
        $"frontend {FrontendName(port)}",
        string.Create(CultureInfo.InvariantCulture, $"bind *:{port}"),
        "mode tcp",
        $"default_backend {BackendName(port)}",
        $"backend {BackendName(port)}",
        "mode tcp",
        "balance roundrobin",
        "stick-table type ip size 200k expire 30m",
        "stick on src",
    ];
}
