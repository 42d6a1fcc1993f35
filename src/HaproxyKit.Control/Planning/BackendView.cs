using HaproxyKit.Model;

namespace HaproxyKit.Control.Planning;

/// <summary>A section with servers, of which each thing is read once however many of its servers change.</summary>
internal sealed class BackendView(ProxySection section)
{
    private const string DefaultServer = "default-server";

    private readonly Lazy<bool> _hasConditions = new(() => PlanInput.HasConditions(section));
    private readonly Lazy<ILookup<string, Server>> _servers = new(() =>
        section.Directives["server"].OfType<Server>().ToLookup(server => server.Name, StringComparer.Ordinal));

    private readonly Lazy<BalanceAlgorithm> _algorithm = new(() => BalanceAlgorithm.Of(section));
    private readonly Lazy<List<Directive>> _inherited = new(() => Inherited(section));
    private readonly Lazy<List<(int Line, Directive Directive)>> _own = new(() =>
        [.. section.Directives[DefaultServer].Select(line => (line.LineNumber, line))]);

    internal ProxySection Section => section;

    /// <summary>Whether a condition begins or ends in the section.</summary>
    internal bool HasConditions => _hasConditions.Value;

    internal BalanceAlgorithm Algorithm => _algorithm.Value;

    internal IEnumerable<Server> AllServers => _servers.Value.SelectMany(servers => servers);

    /// <summary>The servers of a name: HAProxy takes several, with a warning.</summary>
    internal IReadOnlyList<Server> ServersNamed(string name) => [.. _servers.Value[name]];

    /// <summary>Reads a server with all words that count for it, or tells why they cannot be known from the file alone.</summary>
    internal (EffectiveServer? Server, string? Obstacle) Read(Server server) => EffectiveServer.Read(
        _own.Value.Count == 0 ? _inherited.Value : _inherited.Value.Concat(Above(server.LineNumber)), server);

    private IEnumerable<Directive> Above(int place) => _own.Value.Where(line => line.Line < place).Select(line => line.Directive);

    private static List<Directive> Inherited(ProxySection section)
    {
        var chain = new Stack<ProxySection>();
        for (var defaults = section.InheritsFrom; defaults is not null && !chain.Contains(defaults); defaults = defaults.InheritsFrom)
        {
            chain.Push(defaults);
        }

        return [.. chain.SelectMany(defaults => defaults.Directives[DefaultServer])];
    }
}
