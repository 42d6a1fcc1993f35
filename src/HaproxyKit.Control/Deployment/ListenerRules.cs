using System.Globalization;
using System.Net;
using System.Text;
using HaproxyKit.Diagnostics;
using HaproxyKit.Expressions;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Deployment;

/// <summary>What must hold of the listeners of a configuration before HAProxy may read it.</summary>
internal static class ListenerRules
{
    /// <summary>Whether any proxy listens. HAProxy takes a file without a listener, and then closes every port.</summary>
    internal static bool HasListener(ConfigDocument document) => Binds(new HaproxyConfig(document).Sections.OfType<ProxySection>()).Any();

    /// <summary>The binds that a configuration has and another had not, each with its place.</summary>
    internal static IEnumerable<(Bind Bind, DiagnosticLocation Location)> NewBinds(ChangedSections changed)
    {
        var known = Binds(changed.Before).Select(bind => bind.Arguments.Count > 0 ? bind.Arguments[0].Value : "").ToHashSet(StringComparer.Ordinal);
        return Binds(changed.Wanted)
            .Where(bind => bind.Arguments.Count > 0 && !known.Contains(bind.Arguments[0].Value))
            .Select(bind => (bind, LocationOf(bind)));
    }

    /// <summary>The binds of some frontends, each with its place.</summary>
    internal static IEnumerable<(Bind Bind, DiagnosticLocation Location)> BindsOf(ConfigDocument document, IReadOnlySet<string> frontends)
    {
        var config = new HaproxyConfig(document);
        return frontends.SelectMany(config.Frontends.Named)
            .SelectMany(section => section.Directives.OfType<Bind>())
            .Where(bind => bind.Arguments.Count > 0)
            .Select(bind => (bind, LocationOf(bind)));
    }

    /// <summary>What HAProxy binds for a line; without what only its own resolver, or its environment, knows: the reload has to show that.</summary>
    internal static IEnumerable<IPEndPoint> EndPoints(Bind bind) =>
        from address in bind.Addresses
        where address.Prefix is "" or "ipv4" or "ipv6" or "tcp" or "tcp4" or "tcp6" && !address.IsUnixSocket
        let ip = IPAddressOf(address)
        where ip is not null
        from port in PortsOf(address.PortText)
        select new IPEndPoint(ip, port);

    /// <summary>
    /// Whether a line binds IPv6 without IPv4. HAProxy leaves that to the system where the line does not say, and Linux takes both unless
    /// <c>net.ipv6.bindv6only</c> is set.
    /// </summary>
    internal static bool IsIPv6Only(Bind bind) => bind.Arguments.Contains("v6only");

    private static IPAddress? IPAddressOf(Address address) => address.Host is "" or "*"
        ? address.Prefix is "ipv6" or "tcp6" ? IPAddress.IPv6Any : IPAddress.Any
        : address.Host == "::" ? IPAddress.IPv6Any : address.IPAddress;

    private static IEnumerable<int> PortsOf(string text)
    {
        var ends = text.Split('-');
        return ends.Length <= 2 && Port(ends[0]) is { } first && Port(ends[^1]) is { } last && first <= last
            ? Enumerable.Range(first, last - first + 1)
            : [];
    }

    private static int? Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= IPEndPoint.MaxPort ? port : null;

    /// <summary>On how many sockets HAProxy listens for a line.</summary>
    internal static int CountSockets(Bind bind) => EndPoints(bind).Count() + bind.Addresses.Count(address => address.IsUnixSocket);

    private static IEnumerable<Bind> Binds(IEnumerable<ProxySection> sections) =>
        sections.Where(section => section.Kind != SectionKind.Defaults).SelectMany(section => section.Directives.OfType<Bind>());

    private static DiagnosticLocation LocationOf(Bind bind)
    {
        var address = bind.Arguments[0].SpanInLine;
        return new DiagnosticLocation
        {
            File = bind.Section.Config.Document.Path,
            Line = bind.LineNumber,
            Column = address.Start + 1,
            Span = address,
            LineText = Encoding.UTF8.GetBytes(bind.Text),
        };
    }
}
