using System.Globalization;
using System.Text.RegularExpressions;

namespace HaproxyKit.Tests.Analysis;

/// <summary>What <c>haproxy -c</c> said of one text.</summary>
internal sealed partial record HaproxyVerdict
{
    /// <summary>Whether the text was refused.</summary>
    internal required bool IsRefused { get; init; }

    /// <summary>Every alert but those that only sum up, with its line where it has one, else 0.</summary>
    internal required IReadOnlyList<(int Line, string Message)> Alerts { get; init; }

    /// <summary>
    /// Whether HAProxy speaks of an error: there are some for which it forgets to refuse the text afterwards.
    /// </summary>
    internal bool HasError => IsRefused || Alerts.Count > 0;

    /// <summary>Whether it was refused for what this machine lacks alone: files, names, users.</summary>
    internal bool IsOfTheMachine => Alerts.Count > 0 && Alerts.All(alert => OfTheMachine().IsMatch(alert.Message));

    internal static HaproxyVerdict Read(string output, int exitCode)
    {
        var alerts = Alert().Matches(output)
            .Select(match => match.Groups["text"].Value)
            .Where(text => !Summary().IsMatch(text))
            .Select(text => (Place().Match(text) is { Success: true } place ? int.Parse(place.Groups["line"].Value, CultureInfo.InvariantCulture) : 0, text))
            .ToList();
        return new HaproxyVerdict { IsRefused = exitCode is not (0 or 2), Alerts = alerts };
    }

    [GeneratedRegex(@"^\[(ALERT|EMERG)\]\s+\(\d+\) : (config : )?(?<text>.*)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 10_000)]
    private static partial Regex Alert();

    [GeneratedRegex(
        @"Error\(s\) found in configuration file|Fatal errors found in configuration|Failed to initialize server\(s\) addr|already specified\. Continuing",
        RegexOptions.ExplicitCapture,
        10_000)]
    private static partial Regex Summary();

    [GeneratedRegex(@"\[[^\]]*/judged\.cfg:(?<line>\d+)\]", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Place();

    /// <summary>Files, host names, users and groups that another machine may have.</summary>
    [GeneratedRegex(
        @"could not resolve address|No such file or directory|error opening file|[Uu]nable to (stat|load|open)|cannot open|failed to open"
        + @"|cannot find (user|group) id|Cannot find (user|group) id|Couldn't open|Is a directory|Permission denied|Not a directory"
        + @"|invalid address: '[A-Za-z0-9.-]*[A-Za-z][A-Za-z0-9-]*'|'[A-Za-z0-9.-]*[A-Za-z][A-Za-z0-9-]*' is not a valid IPv4 or IPv6 address",
        RegexOptions.ExplicitCapture,
        10_000)]
    private static partial Regex OfTheMachine();
}
