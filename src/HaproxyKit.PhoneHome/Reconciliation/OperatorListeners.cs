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
    /// <param name="isOperators">Tells the operator's sections by name.</param>
    internal static OperatorListeners Of(ConfigDocument document, Func<string, bool> isOperators) => new(
    [
        .. from section in new HaproxyConfig(document).Sections
           where isOperators(section.Name)
           from directive in section.Directives
           from address in AddressesOf(section, directive)
           let ends = EndsOf(address)
           where ends is not null
           select (ends.Value.First, ends.Value.Last, Describe(section, directive)),
    ]);

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

    private static IEnumerable<Address> AddressesOf(Section section, Directive directive)
    {
        var text = (directive.Keyword, directive.Arguments) switch
        {
            ("bind", [var address, ..]) => address.Value,
            ("stats", [{ Value: "socket" }, var address, ..]) => address.Value,
            ("peer", [_, var address, ..]) when section.Kind == SectionKind.Peers => address.Value,
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
