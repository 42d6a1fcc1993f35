using System.Net;
using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Drift;

/// <summary>
/// Compares what a file says with what HAProxy serves: a pure function. What only HAProxy's environment knows (conditions, variables, names that
/// are resolved) is not compared: a false alarm is worse than none.
/// </summary>
/// <param name="running">What HAProxy serves, all of it.</param>
/// <param name="now">The time of the look.</param>
/// <param name="closed">The frontends that shall be closed although no line says so.</param>
internal sealed class DriftComparison(RunningState running, DateTimeOffset now, IReadOnlySet<string> closed)
{
    private const int DefaultWeight = 1;
    private const int NoLimit = 0;

    private readonly List<DriftItem> items = [];

    /// <summary>The servers in service by backend: one walk for all backends.</summary>
    private readonly ILookup<string, string> inService = running.Servers.Where(pair => pair.Value.Mode == ServerMode.Ready)
        .ToLookup(pair => pair.Key.Backend, pair => pair.Key.Server, StringComparer.Ordinal);

    /// <summary>Compares.</summary>
    /// <param name="file">The file, with those before it.</param>
    /// <param name="allFiles">All files that HAProxy reads, or null where they are not known: then no proxy can be said to stand in none.</param>
    internal IReadOnlyList<DriftItem> Compare(HaproxyConfig file, IReadOnlyList<HaproxyConfig>? allFiles)
    {
        foreach (var section in Proxies(file).Where(IsCertain))
        {
            CompareSection(section);
        }

        if (allFiles is not null)
        {
            CompareProxies(allFiles);
        }

        return items;
    }

    private static IEnumerable<ProxySection> Proxies(HaproxyConfig file) =>
        file.Sections.OfType<ProxySection>().Where(section => section.Kind is SectionKind.Frontend or SectionKind.Backend or SectionKind.Listen);

    /// <summary>Whether HAProxy runs the section whatever its environment says, under the name that stands there.</summary>
    private static bool IsCertain(ProxySection section) =>
        IsPlain(section.Name)
        && DeploymentPlanner.IsRunAlways(section)
        && !PlanInput.HasConditions(section)
        && section.Effective.Directive("disabled") is { Value: null, Conditional.Count: 0 };

    private static bool IsPlain(string name) => name.Length > 0 && !name.Contains('$', StringComparison.Ordinal);

    private void CompareSection(ProxySection section)
    {
        var takesConnections = section.Directives.OfType<Bind>().Any();
        if (section.Kind is SectionKind.Frontend && !takesConnections)
        {
            return;
        }

        if (!running.Proxies.Contains(section.Name))
        {
            Add(DriftKind.ProxyMissing, section, NameOf(section), "it is there", "it is not running");
            return;
        }

        if (takesConnections && section.Kind is SectionKind.Frontend or SectionKind.Listen)
        {
            CompareFrontend(section);
        }

        if (section.Kind is SectionKind.Backend or SectionKind.Listen)
        {
            CompareServers(section);
        }
    }

    private void CompareFrontend(ProxySection section)
    {
        if (!running.Frontends.TryGetValue(section.Name, out var present))
        {
            Add(DriftKind.ProxyMissing, section, NameOf(section), "it is there", "it is not running");
            return;
        }

        if (closed.Contains(section.Name))
        {
            if (present.IsOpen)
            {
                Add(DriftKind.FrontendOpen, section, NameOf(section), "closed", present.Status);
            }
        }
        else if (!present.IsOpen)
        {
            Add(DriftKind.FrontendClosed, section, NameOf(section), "open", present.Status, isByHand: true);
        }

        // With 0, as without the word, HAProxy takes a limit of its own.
        if (section.Effective.MaxConnections is { Value: { } most and > 0, Conditional.Count: 0 } && present.MaxConnections is { } now && now != most)
        {
            Add(DriftKind.FrontendMaxConnections, section, NameOf(section), $"maxconn {most}", $"maxconn {now}");
        }
    }

    private void CompareServers(ProxySection section)
    {
        var view = new BackendView(section);
        var servers = view.AllServers.ToList();
        var twice = servers.CountBy(server => server.Name, StringComparer.Ordinal).Where(pair => pair.Value > 1).Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var server in servers.Where(server => IsPlain(server.Name)))
        {
            var what = $"server {section.Name}/{server.Name}";
            if (!running.Servers.TryGetValue((section.Name, server.Name), out var present))
            {
                Add(DriftKind.ServerMissing, section, what, "it is there", "it is not running");
            }
            else if (!twice.Contains(server.Name))
            {
                CompareServer(view, what, server, present);
            }
        }

        if (servers.TrueForAll(server => IsPlain(server.Name)) && TemplateNames(section) is { } made)
        {
            var known = servers.Select(server => server.Name).Concat(made).ToHashSet(StringComparer.Ordinal);

            // One that drains or is in maintenance is on its way out, and not in service.
            foreach (var name in inService[section.Name].Where(name => !known.Contains(name)).Order(StringComparer.Ordinal))
            {
                Add(DriftKind.ServerUnexpected, section, $"server {section.Name}/{name}", "it is not there", "it is in service");
            }
        }
    }

    private void CompareServer(BackendView view, string what, Server line, RunningServer present)
    {
        var section = view.Section;
        if (view.Read(line).Server is not { } written)
        {
            CompareAddress(section, what, line, present);
            return;
        }

        // A spare server has no address yet, whatever it had before.
        var isSpare = written.IsDisabled && ServerAddresses.IsUnspecified(line.Address.Text);
        if (!isSpare)
        {
            CompareAddress(section, what, line, present);
        }

        // An agent beside a server sets its weight and state.
        if (!written.Has("agent-check"))
        {
            CompareState(section, what, written.IsDisabled, isSpare, present);
            if (NumberOf(written, "weight", DefaultWeight, RuntimeClient.MaxWeight) is { } weight && weight != present.Weight)
            {
                Add(DriftKind.ServerWeight, section, what, $"weight {weight}", $"weight {present.Weight}", isByHand: weight == present.ConfiguredWeight);
            }
        }

        // With minconn the limit depends on the load.
        if (!written.Has("minconn") && NumberOf(written, "maxconn", NoLimit, int.MaxValue) is { } most && present.MaxConnections is { } limit && most != limit)
        {
            Add(DriftKind.ServerMaxConnections, section, what, $"maxconn {most}", $"maxconn {limit}");
        }
    }

    private void CompareAddress(ProxySection section, string what, Server line, RunningServer present)
    {
        if (line.Address is { IPAddress: { } address, Transport: "" } place && present.Address is { } actual
            && (!address.Equals(actual) || (place.Port is { } port && port != present.Port)))
        {
            Add(DriftKind.ServerAddress, section, what, place.Text, $"{new IPEndPoint(actual, present.Port)}");
        }
    }

    /// <summary>What a server that it tracks, or a name that does not resolve, has made of a server is nobody's doing.</summary>
    private void CompareState(ProxySection section, string what, bool isDisabled, bool isSpare, RunningServer present)
    {
        var isOut = (present.Admin & ServerAdminStates.ForcedMaintenance) != ServerAdminStates.None;
        var isForced = isOut || (present.Admin & ServerAdminStates.ForcedDrain) != ServerAdminStates.None;

        // One that drains still has sessions from before it became a spare one, and gets no new ones.
        if (isDisabled ? !isOut && !(isSpare && isForced) : isForced)
        {
            var mode = isOut ? "in maintenance" : isForced ? "draining" : "in service";
            Add(DriftKind.ServerState, section, what, isDisabled ? "disabled" : "in service", mode, isByHand: true);
        }
    }

    /// <summary>The number that a word says, or what HAProxy takes where none does; null where it is written so that only HAProxy reads it.</summary>
    private static int? NumberOf(EffectiveServer written, string word, int builtIn, int most) =>
        !written.Has(word) ? builtIn
        : ServerAddresses.TryNumber(written.Value(word), 0, most, out var number) ? number
        : null;

    /// <summary>The names that <c>server-template</c> makes, or null where they cannot be told.</summary>
    private static List<string>? TemplateNames(ProxySection section)
    {
        const int MostServers = 100_000;
        var names = new List<string>();
        foreach (var template in section.Directives.OfType<ServerTemplate>())
        {
            var range = template.Range?.Split('-') ?? [];
            if (template.Prefix is not { } prefix || !IsPlain(prefix) || range.Length is 0 or > 2
                || !int.TryParse(range[^1], out var last) || last is < 1 or > MostServers)
            {
                return null;
            }

            var first = 1;
            if (range.Length == 2 && !int.TryParse(range[0], out first))
            {
                return null;
            }

            names.AddRange(Enumerable.Range(first, Math.Max(0, last - first + 1)).Select(number => $"{prefix}{number}"));
        }

        return names;
    }

    private void CompareProxies(IReadOnlyList<HaproxyConfig> allFiles)
    {
        var written = allFiles.SelectMany(Proxies).Select(section => section.Name).ToHashSet(StringComparer.Ordinal);
        if (!written.All(IsPlain))
        {
            return;
        }

        // HAProxy's own proxies have names that no file can give.
        foreach (var proxy in running.Proxies.Where(proxy => !written.Contains(proxy) && !proxy.StartsWith('<')).Order(StringComparer.Ordinal))
        {
            items.Add(new DriftItem
            {
                Kind = DriftKind.ProxyUnexpected,
                What = $"proxy {proxy}",
                Proxy = proxy,
                FileSays = "it is not there",
                HaproxySays = "it is running",
                Since = now,
            });
        }
    }

    private static string NameOf(ProxySection section) => $"{SectionKeywords.KeywordOf(section.Kind)} {section.Name}";

    private void Add(DriftKind kind, ProxySection section, string what, string fileSays, string haproxySays, bool isByHand = false) => items.Add(new DriftItem
    {
        Kind = kind,
        What = what,
        Proxy = section.Name,
        FileSays = fileSays,
        HaproxySays = haproxySays,
        IsByHand = isByHand,
        Since = now,
    });
}
