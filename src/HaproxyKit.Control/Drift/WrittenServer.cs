using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Drift;

/// <summary>
/// What a file says of a server where HAProxy can show it: its own line, and the <c>default-server</c> lines that it begins with.
/// </summary>
internal sealed record WrittenServer
{
    /// <summary>The weight that HAProxy gives a server of which nothing is said.</summary>
    private const int DefaultWeight = 1;

    /// <summary>The server's line.</summary>
    internal required Server Line { get; init; }

    /// <summary>Its weight.</summary>
    internal int Weight { get; private init; } = DefaultWeight;

    /// <summary>How many connections it gets at most, 0 for no limit; null where <c>minconn</c> makes that depend on the load.</summary>
    internal int? MaxConnections { get; private init; }

    /// <summary>Whether it begins in maintenance.</summary>
    internal bool IsDisabled { get; private init; }

    /// <summary>Whether an agent beside it changes its weight and state.</summary>
    internal bool HasAgent { get; private init; }

    /// <summary>Whether the file alone tells all this: no condition decides, and no word comes from the environment.</summary>
    internal bool IsCertain { get; private init; }

    internal static WrittenServer Read(ProxySection section, Server server)
    {
        var lines = DefaultLines(section, server).Append(server).ToList();
        var words = lines.ConvertAll(line => line.Arguments.Skip(line is Server ? 2 : 0).Select(argument => argument.Value).ToList());
        return new WrittenServer
        {
            Line = server,
            Weight = lines.FindLast(line => line.Weight is not null)?.Weight ?? DefaultWeight,
            MaxConnections = lines.Exists(line => line.MinConnections is not null) ? null : lines.FindLast(line => line.MaxConnections is not null)?.MaxConnections ?? 0,
            IsDisabled = LastOf(words, "disabled", "enabled"),
            HasAgent = LastOf(words, "agent-check", "no-agent-check"),
            IsCertain = lines.TrueForAll(line => !line.IsConditional && line.Arguments.All(argument => (argument.Traits & WordTraits.Variable) == 0)),
        };
    }

    private static bool LastOf(List<List<string>> lines, string yes, string no) =>
        lines.SelectMany(words => words).LastOrDefault(word => word == yes || word == no) == yes;

    private static IEnumerable<ServerLine> DefaultLines(ProxySection section, Server server)
    {
        var chain = new Stack<ProxySection>();
        for (var defaults = section.InheritsFrom; defaults is not null && !chain.Contains(defaults); defaults = defaults.InheritsFrom)
        {
            chain.Push(defaults);
        }

        return chain.SelectMany(defaults => defaults.Directives.OfType<DefaultServer>())
            .Concat(section.Directives.OfType<DefaultServer>().Where(line => line.LineNumber < server.LineNumber));
    }
}
