using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Control.Checking;

/// <summary>Reads what HAProxy prints about a configuration: <c>[ALERT] (pid) : config : parsing [file:line] : text</c> and its kin.</summary>
internal static partial class HaproxyMessages
{
    private const string Position = " at position ";
    private const int MatchTimeout = 1000;

    /// <summary>The messages of an output as diagnostics.</summary>
    /// <param name="output">What HAProxy printed.</param>
    /// <param name="locate">Gives the place that a file's name and a line, as HAProxy names them, stand for.</param>
    internal static ImmutableArray<Diagnostic> Parse(string output, Func<string, int, DiagnosticLocation> locate)
    {
        var found = new List<Diagnostic>();
        foreach (var line in output.Split('\n'))
        {
            var heading = Heading().Match(line);
            if (heading.Success)
            {
                found.Add(ReadHeading(heading, locate));
            }
            else if (found is [.., var last] && line.Trim() is { Length: > 0 } more && !IsSourceOf(last, line))
            {
                found[^1] = last with { Message = $"{last.Message} {more}" };
            }
        }

        var telling = found.FindAll(diagnostic => !IsSummary(diagnostic));
        return [.. telling.Exists(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) ? telling : found.FindAll(diagnostic => !IsGreeting(diagnostic))];
    }

    private static Diagnostic ReadHeading(Match heading, Func<string, int, DiagnosticLocation> locate)
    {
        var text = heading.Groups["text"].Value.Trim();
        DiagnosticLocation? location = null;
        var place = Place().Match(text);
        if (place.Success && int.TryParse(place.Groups["line"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var line))
        {
            location = locate(place.Groups["file"].Value, line);
            text = text[place.Length..].Trim();
        }

        var position = PositionAtEnd().Match(text);
        if (position.Success && location is not null)
        {
            var column = int.Parse(position.Groups["column"].Value, CultureInfo.InvariantCulture);
            location = location with { Column = column, Span = new TextSpan(location.Span.Start + column - 1, 0) };
            text = text[..position.Index];
        }

        return new Diagnostic
        {
            Id = DiagnosticIds.HaproxyMessage,
            Severity = heading.Groups["severity"].Value switch
            {
                "ALERT" or "EMERG" or "CRIT" => DiagnosticSeverity.Error,
                "WARNING" => DiagnosticSeverity.Warning,
                _ => DiagnosticSeverity.Info,
            },
            Message = text.TrimEnd('.'),
            Location = location,
        };
    }

    /// <summary>HAProxy repeats the line and draws a caret below it; both are known already.</summary>
    private static bool IsSourceOf(Diagnostic diagnostic, string line) =>
        diagnostic.Location is { Column: > 0 } && line.StartsWith("  ", StringComparison.Ordinal);

    private static bool IsSummary(Diagnostic diagnostic) =>
        IsGreeting(diagnostic)
        || diagnostic.Message.StartsWith("Error(s) found in configuration file", StringComparison.Ordinal)
        || diagnostic.Message.StartsWith("Fatal errors found in configuration", StringComparison.Ordinal);

    private static bool IsGreeting(Diagnostic diagnostic) =>
        diagnostic.Message.StartsWith("haproxy version is", StringComparison.Ordinal)
        || diagnostic.Message.StartsWith("path to executable is", StringComparison.Ordinal);

    [GeneratedRegex(@"^\[(?<severity>[A-Z]+)\]\s+(?:\S+\s+)?\(\d+\)\s*:\s*(?:config\s*:\s*)?(?<text>.*)$", RegexOptions.CultureInvariant, MatchTimeout)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^(?:parsing\s+)?\[(?<file>[^\]]+):(?<line>\d+)\]\s*:?\s*", RegexOptions.CultureInvariant, MatchTimeout)]
    private static partial Regex Place();

    [GeneratedRegex(Position + @"(?<column>\d+):?\s*\.?$", RegexOptions.CultureInvariant, MatchTimeout)]
    private static partial Regex PositionAtEnd();
}
