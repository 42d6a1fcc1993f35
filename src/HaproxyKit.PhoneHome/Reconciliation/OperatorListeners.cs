using System.Globalization;
using HaproxyKit.Expressions;
using HaproxyKit.Model;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.Syntax;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>The ports that the operator's own lines listen on, loaded by HAProxy already or not.</summary>
internal sealed class OperatorListeners
{
    private readonly (int First, int Last, string Who)[] _ranges;

    private OperatorListeners((int First, int Last, string Who)[] ranges) => _ranges = ranges;

    /// <summary>Finds the listeners of a configuration.</summary>
    /// <param name="document">The configuration.</param>
    /// <param name="isOurs">Tells the sections that are no operator's.</param>
    internal static OperatorListeners Of(ConfigDocument document, Func<string, bool> isOurs)
    {
        var sections = new HaproxyConfig(document).Sections;
        var lines = sections.Where(section => !isOurs(section.Name))
            .SelectMany(section => section.Directives, (section, directive) => (Section: section, Directive: directive))
            .Where(line => IsListener(line.Section, line.Directive))
            .ToList();
        var expanded = OwnVariables.Expand(sections, [.. lines.Select(line => line.Directive)]);
        return new OperatorListeners(
        [
            .. from line in lines
               from address in AddressesOf(expanded.GetValueOrDefault(line.Directive) ?? [line.Directive.Keyword, .. line.Directive.Arguments.Select(word => word.Value)])
               let ends = EndsOf(address)
               where ends is not null
               select (ends.Value.First, ends.Value.Last, Describe(line.Section, line.Directive)),
        ]);
    }

    /// <summary>These, and those of another file that HAProxy reads, in which all is the operator's.</summary>
    /// <param name="document">The other file.</param>
    internal OperatorListeners With(ConfigDocument document) => new(
        [.. _ranges, .. Of(document, static _ => false)._ranges.Select(range => range with { Who = $"{document.Path}, {range.Who}" })]);

    /// <summary>Who listens on a port, as words for a person, or null.</summary>
    /// <param name="port">The port.</param>
    internal string? Find(int port)
    {
        foreach (var (first, last, who) in _ranges)
        {
            if (port >= first && port <= last)
            {
                return who;
            }
        }

        return null;
    }

    /// <summary>The conflict of a call for a port with who listens on it, or null.</summary>
    /// <param name="port">The port.</param>
    internal MappingOutcome.Conflict? FindConflict(int port) => Find(port) is { } listener
        ? new MappingOutcome.Conflict
        {
            Reason = ConflictReason.Operator,
            Message = $"frontend port {port} is the operator's own: {listener}",
            Hint = "take another port",
        }
        : null;

    private static string Describe(Section section, Directive directive) =>
        $"line {directive.LineNumber}, {SectionKeywords.KeywordOf(section.Kind)} '{section.Name}'".Replace(" ''", "", StringComparison.Ordinal);

    private static bool IsListener(Section section, Directive directive) =>
        directive.Keyword is "bind" or "stats" || (section.Kind == SectionKind.Peers && directive.Keyword == "peer");

    private static IEnumerable<Address> AddressesOf(string[] words)
    {
        var text = words switch
        {
            ["bind", var address, ..] => address,
            ["stats", "socket", var address, ..] => address,
            ["peer", _, var address, ..] => address,
            _ => "",
        };
        return text.Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => Address.TryParse(part, out var address) ? address : default)
            .Where(address => !address.IsUnixSocket);
    }

    private static (int First, int Last)? EndsOf(Address address)
    {
        var ends = address.PortText.Split('-', 2);
        return int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
                ? (first, last)
                : null;
    }
}
