using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace HaproxyKit.Tests.Comparison;

/// <summary>A configuration as words, to be written in any style.</summary>
/// <param name="Sections">Header and lines of each section, as words.</param>
/// <param name="Seed">What edits and styles are drawn with.</param>
internal sealed record ComparedConfig(string[][][] Sections, int Seed)
{
    /// <summary>Lines of which each is known by a name of its own, so that every edit has one right answer.</summary>
    internal static Arbitrary<ComparedConfig> Distinct { get; } = Arb.From(
        from count in Gen.Choose(1, 6)
        from seed in Gen.Choose(0, int.MaxValue)
        select new ComparedConfig(Make(count, new Random(seed)), seed),
        Shrink);

    /// <summary>Few different lines, many times, in sections that may share a name.</summary>
    internal static Arbitrary<ComparedConfig> Crowded { get; } = Arb.From(
        from seed in Gen.Choose(0, int.MaxValue)
        select new ComparedConfig(Crowd(new Random(seed)), seed),
        Shrink);

    internal string Write(Random? style)
    {
        var text = new StringBuilder();
        foreach (var section in Sections)
        {
            foreach (var (words, i) in section.Select((words, i) => (words, i)))
            {
                text.Append(Blank(style, i == 0)).AppendJoin(' ', words.Select(word => Word(word, style))).Append(End(style));
            }
        }

        return text.ToString();
    }

    public override string ToString() => Write(null);

    private static IEnumerable<ComparedConfig> Shrink(ComparedConfig config)
    {
        for (var i = 0; i < config.Sections.Length; i++)
        {
            var section = config.Sections[i];
            yield return config with { Sections = [.. config.Sections[..i], .. config.Sections[(i + 1)..]] };
            for (var j = 1; j < section.Length; j++)
            {
                string[][] shorter = [.. section[..j], .. section[(j + 1)..]];
                yield return config with { Sections = [.. config.Sections[..i], shorter, .. config.Sections[(i + 1)..]] };
            }
        }
    }

    private static string[][][] Make(int count, Random random) =>
    [
        [["global"], ["maxconn", "100"], ["log", "/dev/log", "local0"]],
        [["defaults"], ["mode", "http"], ["timeout", "client", "5s"], ["option", "httplog"]],
        .. Enumerable.Range(0, count).Select(i => i % 2 == 0 ? Frontend(i, random) : Backend(i, random)),
    ];

    private static string[][] Frontend(int i, Random random) =>
    [
        ["frontend", $"f{i}"],
        ["bind", $":{80 + i}"],
        .. Enumerable.Range(0, random.Next(4)).Select(n => (string[])["acl", $"a{n}", "path_beg", $"/a b{n}"]),
        .. Enumerable.Range(0, random.Next(4)).Select(n => (string[])["http-request", $"set-header", $"X-{n}", "%[src]"]),
        ["default_backend", "b1"],
    ];

    private static string[][] Backend(int i, Random random) =>
    [
        ["backend", $"b{i}"],
        ["balance", "roundrobin"],
        .. Enumerable.Range(0, random.Next(6)).Select(n => (string[])["server", $"s{n}", $"10.0.{i}.{n}:80", "check", "weight", $"{n + 1}"]),
    ];

    private static string[][][] Crowd(Random random)
    {
        string[] lines = ["mode tcp", "mode http", "acl a src", "acl b src", "http-request deny", "use_backend x", "server s 1", "server t 2", "option httplog", "log-format x", "timeout client 1", "enabled"];
        string[] headers = ["global", "defaults", "defaults d", "frontend a", "frontend b", "backend a", "backend c", "userlist u"];
        return
        [
            .. Enumerable.Range(0, random.Next(1, 6)).Select(_ => (string[][])
            [
                headers[random.Next(headers.Length)].Split(' '),
                .. Enumerable.Range(0, random.Next(5)).Select(_ => lines[random.Next(lines.Length)].Split(' ')),
            ]),
        ];
    }

    private static string Word(string word, Random? style) => style?.Next(5) switch
    {
        null or 0 => word.Contains(' ', StringComparison.Ordinal) ? $"'{word}'" : word,
        1 => $"\"{word}\"",
        2 => $"'{word}'",
        3 => $"\\x{(int)word[0]:x2}" + word[1..].Replace(" ", "\\ ", StringComparison.Ordinal),
        _ => word.Replace(" ", "\\x20", StringComparison.Ordinal),
    };

    private static string Blank(Random? style, bool isHeader) => style?.Next(4) switch
    {
        null => isHeader ? "" : "    ",
        0 => "\n\t",
        1 => "# comment\n\n  ",
        2 => "\t \t",
        _ => "",
    };

    private static string End(Random? style) => style?.Next(3) switch
    {
        null or 0 => "\n",
        1 => " # end\n",
        _ => "\r\n",
    };
}
