using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using HaproxyKit.Catalog;
using HaproxyKit.Tool.Output;

namespace HaproxyKit.Tool.Commands;

/// <summary>Options and arguments that several commands have.</summary>
internal static class SharedOptions
{
    private const int LongestGrace = 3_600;

    internal static Argument<string> File { get; } = new("FILE")
    {
        Description = "A configuration file; - is standard input.",
    };

    internal static Argument<string> Candidate { get; } = new("CANDIDATE")
    {
        Description = "The configuration that the target shall hold, whole; - is standard input.",
    };

    internal static Argument<string> Selector { get; } = new("SELECTOR")
    {
        Description = "A section or a line: backend/web, backend/web/server/s1, global/maxconn; * stands for any name.",
    };

    internal static Option<int> DrainGrace() => new("--drain-grace")
    {
        Description = "How long the sessions of a server that goes may last; those that are left then are cut, and the server is deleted.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 30,
        CustomParser = result => int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds <= LongestGrace
                ? seconds
                : Refuse<int>(result, $"--drain-grace is a number of seconds from 0 to {LongestGrace}, not '{result.Tokens[0].Value}'"),
    };

    internal static Option<OutputFormat> Format(params OutputFormat[] formats)
    {
        return new Option<OutputFormat>("--format")
        {
            Description = "The form of the output.",
            DefaultValueFactory = _ => OutputFormat.Text,
            CustomParser = result =>
                Enum.TryParse<OutputFormat>(result.Tokens[0].Value, ignoreCase: true, out var format)
                && formats.Contains(format)
                    ? format
                    : Refuse<OutputFormat>(
                        result, $"--format is one of {Names(formats)}, not '{result.Tokens[0].Value}'"),
            HelpName = Names(formats),
        };
    }

    internal static Option<HaproxyVersion?> Version(string description) => new("--haproxy")
    {
        Description = description,
        HelpName = "VERSION",
        CustomParser = result => HaproxyVersion.TryParse(result.Tokens[0].Value, out var version)
            ? version
            : Refuse<HaproxyVersion?>(
                result, $"'{result.Tokens[0].Value}' is no version of HAProxy: write 2.6, 3.0 or 3.2"),
    };

    private static T? Refuse<T>(ArgumentResult result, string message)
    {
        result.AddError(message);
        return default;
    }

    private static string Names(OutputFormat[] formats) =>
        string.Join('|', formats.Select(format => format.ToString().ToLowerInvariant()));
}
