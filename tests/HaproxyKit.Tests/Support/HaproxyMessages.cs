using System.Globalization;
using System.Text.RegularExpressions;

namespace HaproxyKit.Tests.Support;

/// <summary>What HAProxy prints of a configuration that it checks.</summary>
/// <param name="Text">The messages, a byte a character.</param>
internal sealed partial record HaproxyMessages(string Text)
{
    /// <summary>
    /// The faults that are told with their position, as HAProxy counts: line, position, and what is wrong.
    /// </summary>
    internal IReadOnlyList<(int Line, int Position, string Message)> Faults { get; } =
        [.. Fault().Matches(Text).Select(m => (Number(m, "line"), Number(m, "position"), m.Groups["message"].Value)).Distinct()];

    /// <summary>Whether an error is told.</summary>
    internal bool HasAlert => Text.Contains("[ALERT]", StringComparison.Ordinal);

    /// <summary>The texts of <c>.notice</c>, each once.</summary>
    internal IReadOnlyList<string> Notices { get; } =
        [.. Notice().Matches(Text).Select(m => m.Groups["text"].Value).Distinct()];

    /// <summary>The lines that have more words than HAProxy takes.</summary>
    internal IReadOnlyList<int> LinesOfTooManyWords { get; } =
        [.. TooManyWords().Matches(Text).Select(m => Number(m, "line")).Distinct()];

    private static int Number(Match match, string group) =>
        int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"parsing \[[^\]]*:(?<line>\d+)\]: (?<message>unmatched quote|unmatched brace[^:]*|forbidden first char[^:]*"
        + @"|truncated or invalid[^:]*|Stray NUL character|Missing LF[^:]*) at position (?<position>\d+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Fault();

    [GeneratedRegex(@"parsing \[[^\]]*:(?<line>\d+)\]: too many words", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex TooManyWords();

    [GeneratedRegex(@"parsing \[[^\]]*\]: '(?<text>[^\n]*)'\.\n", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Notice();
}
