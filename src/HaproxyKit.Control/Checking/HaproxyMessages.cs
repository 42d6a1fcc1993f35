using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Control.Checking;

/// <summary>Reads what HAProxy says while it loads, on standard error and as the answer of <c>reload</c>.</summary>
internal static partial class HaproxyMessages
{
    private const string ConfigPrefix = "config : ";
    private const string ParsingPrefix = "parsing ";
    private const string BindingPrefix = "Binding ";

    /// <summary>What says nothing that the other messages do not say.</summary>
    private static readonly string[] Noise =
    [
        "haproxy version is ", "path to executable is ", "Error(s) found in configuration file",
        "Fatal errors found in configuration", "New worker", "Initializing new worker", "Loading success",
        "Loading failure", "Reloading HAProxy", "Former worker", "Failed to load worker",
    ];

    /// <param name="output">What HAProxy wrote.</param>
    /// <param name="sources">Where the lines of the files are had from, or null.</param>
    /// <returns>The messages in their order.</returns>
    internal static IReadOnlyList<Diagnostic> Parse(string output, SourceLines? sources = null)
    {
        var diagnostics = new List<Diagnostic>();
        (DiagnosticSeverity Severity, List<string> Lines)? open = null;
        foreach (var line in output.Split('\n'))
        {
            if (Heading().Match(line) is { Success: true } heading)
            {
                Close();
                open = (SeverityOf(heading.Groups["level"].ValueSpan), [heading.Groups["text"].Value]);
            }
            else if (line.AsSpan().Trim().IsEmpty)
            {
                Close();
            }
            else
            {
                open?.Lines.Add(line);
            }
        }

        Close();
        return diagnostics;

        void Close()
        {
            if (open is { } message && !IsNoise(WithoutPrefix(message.Lines[0], ConfigPrefix)))
            {
                diagnostics.Add(ToDiagnostic(message.Severity, message.Lines, sources));
            }

            open = null;
        }
    }

    private static bool IsNoise(string text) => Noise.Any(start => text.StartsWith(start, StringComparison.Ordinal));

    private static Diagnostic ToDiagnostic(DiagnosticSeverity severity, List<string> lines, SourceLines? sources)
    {
        var first = WithoutPrefix(lines[0], ConfigPrefix);
        var isParsing = first.StartsWith(ParsingPrefix, StringComparison.Ordinal);
        var place = Place().Match(first);
        var text = place.Success && !first.StartsWith(BindingPrefix, StringComparison.Ordinal)
            ? first[place.Length..].TrimStart(' ', ':')
            : WithoutPrefix(first, ParsingPrefix);

        var column = 0;
        IEnumerable<string> more = lines.Skip(1);
        if (place.Success && isParsing && Position().Match(text) is { Success: true } position)
        {
            column = Number(position, "column") ?? 0;
            text = text.Remove(position.Index, position.Length);

            // What follows is the line and a caret, which the diagnostic has itself.
            more = lines.Skip(3);
        }

        return new Diagnostic
        {
            Id = DiagnosticIds.HaproxyMessage,
            Severity = severity,
            Message = Joined(text, more),
            Location = place.Success && Number(place, "line") is { } line
                ? SourceLines.Locate(sources, place.Groups["file"].Value, line, column)
                : null,
        };
    }

    private static string Joined(string first, IEnumerable<string> more)
    {
        var text = new StringBuilder(first.Trim().TrimEnd(':', '.').TrimEnd());
        foreach (var line in more.Select(l => l.Trim(' ', '\t', '|')).Where(l => l.Length > 0))
        {
            text.Append("; ").Append(line.TrimEnd('.', ':'));
        }

        return text.ToString();
    }

    private static int? Number(Match match, string group) =>
        int.TryParse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static string WithoutPrefix(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text;

    private static DiagnosticSeverity SeverityOf(ReadOnlySpan<char> level) => level switch
    {
        "ALERT" or "EMERG" or "CRIT" or "ERR" => DiagnosticSeverity.Error,
        "WARNING" => DiagnosticSeverity.Warning,
        _ => DiagnosticSeverity.Info,
    };

    /// <summary><c>[ALERT]    (4894) : text</c>; up to 2.3 with a date between level and process.</summary>
    [GeneratedRegex(@"^\[(?<level>[A-Z]+)\]\s+(\d+/\d+\s+)?\(\d+\) : (?<text>.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Heading();

    /// <summary>A place stands at the start only: further back, <c>[127.0.0.1:443]</c> is an address. Some messages of HAProxy begin in capitals.</summary>
    [GeneratedRegex(@"^([Pp]arsing |Binding )?\[(?<file>[^\]]+):(?<line>\d+)\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Place();

    [GeneratedRegex(@" at position (?<column>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Position();
}
