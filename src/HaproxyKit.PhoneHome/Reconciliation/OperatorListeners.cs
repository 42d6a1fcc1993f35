using System.Globalization;
using HaproxyKit.Expressions;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>The ports that the operator's own lines listen on, loaded by HAProxy already or not.</summary>
internal static class OperatorListeners
{
    /// <summary>Who listens on a port, as words for a person, or null.</summary>
    /// <param name="document">The configuration.</param>
    /// <param name="port">The port.</param>
    /// <param name="isOurs">Tells the sections that are no operator's.</param>
    internal static string? Find(ConfigDocument document, int port, Func<string, bool> isOurs)
    {
        foreach (var section in new HaproxyConfig(document).Sections.Where(section => !isOurs(section.Name)))
        {
            foreach (var directive in section.Directives)
            {
                if (AddressesOf(section, directive).Any(address => Covers(address, port)))
                {
                    return $"line {directive.LineNumber}, {SectionKeywords.KeywordOf(section.Kind)} '{section.Name}'".Replace(" ''", "", StringComparison.Ordinal);
                }
            }
        }

        return null;
    }

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

    private static bool Covers(Address address, int port)
    {
        var ends = address.PortText.Split('-', 2);
        return ends.All(end => int.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            && port >= int.Parse(ends[0], CultureInfo.InvariantCulture)
            && port <= int.Parse(ends[^1], CultureInfo.InvariantCulture);
    }
}
