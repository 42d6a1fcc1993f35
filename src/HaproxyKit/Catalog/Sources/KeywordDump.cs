using System.Globalization;
using System.Text.RegularExpressions;

namespace HaproxyKit.Catalog.Sources;

/// <summary>Reads what <c>haproxy -dKall -q -c -f /dev/null</c> prints.</summary>
internal static partial class KeywordDump
{
    private static readonly string[] Rulesets =
    [
        "tcp-request connection", "tcp-request session", "tcp-request content", "tcp-response content", "http-request", "http-response",
        "http-after-response", "quic-initial",
    ];

    /// <summary>
    /// The rows of one version. The sections of a line's keyword are <c>global</c>, <c>userlist</c>, or <c>proxy</c>
    /// where the list does not say which.
    /// </summary>
    internal static IEnumerable<CatalogRecord> Read(string file)
    {
        var list = string.Empty;
        var section = string.Empty;
        foreach (var line in File.ReadLines(file))
        {
            if (line.StartsWith("# List of registered ", StringComparison.Ordinal))
            {
                list = line.Split(' ')[4];
            }
            else if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }
            else if (list == "configuration" && line[0] != '\t')
            {
                section = line == "listen" ? "proxy" : line;
            }
            else if (line.EndsWith(" [ ]", StringComparison.Ordinal))
            {
                // An option that is of use to no side is refused.
                continue;
            }
            else
            {
                yield return ReadRow(list, section, line.Trim());
            }
        }
    }

    private static CatalogRecord ReadRow(string list, string section, string line) => list switch
    {
        "ACL" => new() { Class = "acl", Name = Before(line, " = "), Signature = Behind(line, " = ") },
        "configuration" => ReadKeyword(section, line),
        "CLI" => ReadCommand(line),
        "sample" when line[0] == '[' => ReadFetch(line),
        "sample" => ReadConverter(line),
        "filter" => new() { Class = "filter", Name = "filter " + Before(line, " ["), Sections = "FLB", Signature = "<rest>" },
        "service" => new() { Class = "service", Name = line },
        _ => throw new InvalidDataException($"unknown list {list}"),
    };

    private static CatalogRecord ReadKeyword(string section, string line)
    {
        if (section == "crt-list")
        {
            return Word("crt-list", line);
        }

        if (line.StartsWith("bind <addr> ", StringComparison.Ordinal))
        {
            var word = line["bind <addr> ".Length..];
            return Word("bind", word.StartsWith("ssl ", StringComparison.Ordinal) ? word["ssl ".Length..] : word);
        }

        if (line.StartsWith("server <name> <addr> ", StringComparison.Ordinal))
        {
            return Word("server", line["server <name> <addr> ".Length..]) with { Sections = "server,server-template,default-server" };
        }

        if (line.StartsWith("option ", StringComparison.Ordinal))
        {
            return ReadOption(line);
        }

        return Array.Find(Rulesets, ruleset => line.StartsWith(ruleset + " ", StringComparison.Ordinal)) is null
            ? new() { Class = "keyword", Name = line, Sections = section, Signature = "<rest>" }
            : new() { Class = "action", Name = line, Sections = "proxy", Signature = "<rest>" };
    }

    /// <summary><c>word +2</c>: the word takes two more; <c>+-1</c>: it reads them itself.</summary>
    private static CatalogRecord Word(string @class, string line)
    {
        var plus = line.IndexOf(" +", StringComparison.Ordinal);
        var count = plus < 0 ? 0 : int.Parse(line[(plus + 2)..], CultureInfo.InvariantCulture);
        return new()
        {
            Class = @class,
            Name = plus < 0 ? line : line[..plus],
            Signature = count switch
            {
                0 => CatalogRecord.None,
                < 0 => "<rest>",
                _ => string.Join(' ', Enumerable.Repeat("<word>", count)),
            },
        };
    }

    private static CatalogRecord ReadOption(string line)
    {
        var sides = Behind(line, " [ ").TrimEnd(']').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var letters = (sides.Contains("FE"), sides.Contains("BE")) switch
        {
            (true, false) => "DFL",
            (false, true) => "DLB",
            _ => "DFLB",
        };
        return new()
        {
            Class = "option",
            Name = Before(line, " ["),
            Sections = letters,
            Traits = string.Join(' ', sides.Append("no")).ToLowerInvariant(),
        };
    }

    private static CatalogRecord ReadCommand(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var flags = words.SkipWhile(word => word[0] != '[').Select(Flag);
        return new()
        {
            Class = "cli",
            Name = string.Join(' ', words.TakeWhile(word => word[0] != '[')),
            Traits = string.Join(' ', flags),
            Signature = "<rest>",
        };
    }

    private static string Flag(string flag) => flag switch
    {
        "[EXPERIM]" => "experimental",
        _ => flag.Trim('[', ']').ToLowerInvariant(),
    };

    /// <summary><c>[ Y . ] name(args): type</c>, the columns of the places in the order of the list's legend.</summary>
    private static CatalogRecord ReadFetch(string line)
    {
        var columns = Before(line, " ]").TrimStart('[').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var places = columns.Select((column, i) => column == "Y" ? 1 << i : 0).Sum();
        var match = Call().Match(Behind(line, "] "));
        return new()
        {
            Class = "fetch",
            Name = match.Groups["name"].Value,
            Traits = string.Create(CultureInfo.InvariantCulture, $"out={match.Groups["types"].Value} at={places:x}"),
            Signature = Arguments(match),
        };
    }

    /// <summary><c>name(args): out => in</c>: what comes out stands first.</summary>
    private static CatalogRecord ReadConverter(string line)
    {
        var match = Call().Match(line);
        var types = match.Groups["types"].Value;
        return new()
        {
            Class = "converter",
            Name = match.Groups["name"].Value,
            Traits = $"in={Behind(types, " => ")} out={Before(types, " => ")}",
            Signature = Arguments(match),
        };
    }

    private static string Arguments(Match match) =>
        match.Groups["arguments"] is { Success: true, Length: > 0 } arguments ? arguments.Value : CatalogRecord.None;

    private static string Before(string text, string separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? text : text[..at];
    }

    private static string Behind(string text, string separator) =>
        text[(text.IndexOf(separator, StringComparison.Ordinal) + separator.Length)..];

    [GeneratedRegex(@"^(?<name>[^(:]+)(\((?<arguments>.*)\))?: (?<types>.*)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Call();
}
