using System.Text;
using System.Text.RegularExpressions;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>
/// Puts into lines what the variables in them stand for, as far as the file itself says so with <c>setenv</c> and <c>presetenv</c> (configuration
/// manual, chapter 3.1). What HAProxy's environment holds is not known here: for that a word stands that is no number.
/// </summary>
internal static partial class OwnVariables
{
    private const string Unknown = "unknown";

    /// <summary>The words of those lines that name variables.</summary>
    /// <param name="sections">The sections of the file.</param>
    /// <param name="lines">Some of its lines.</param>
    internal static IReadOnlyDictionary<Directive, string[]> Expand(IEnumerable<Section> sections, IReadOnlyList<Directive> lines)
    {
        var naming = lines.Where(line => line.Text.Contains('$', StringComparison.Ordinal)).ToDictionary(line => line.LineNumber);
        if (naming.Count == 0)
        {
            return new Dictionary<Directive, string[]>();
        }

        var own = sections.Where(section => section.Kind == SectionKind.Global)
            .SelectMany(section => section.Directives)
            .Where(line => line.Keyword.EndsWith("env", StringComparison.Ordinal))
            .ToList();

        // A variable that is known to be there is one that presetenv leaves as it is.
        var unknown = own.Concat(naming.Values).SelectMany(line => Variable().Matches(line.Text)).Select(match => match.Groups["name"].Value)
            .Except(own.Where(line => line.Keyword == "presetenv" && line.Arguments.Count > 0).Select(line => line.Arguments[0].Value), StringComparer.Ordinal);
        var last = naming.Keys.Max();
        return lines[0].Section.Config.Document.Expand(ConfigEnvironment.From(unknown.Select(name => KeyValuePair.Create(name, Unknown))))
            .TakeWhile(line => line.Line <= last)
            .Where(line => naming.ContainsKey(line.Line))
            .ToDictionary(line => naming[line.Line], line => line.Words.Select(Encoding.UTF8.GetString).ToArray());
    }

    [GeneratedRegex(@"\$\{?(?<name>[A-Za-z_][A-Za-z0-9_]*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Variable();
}
