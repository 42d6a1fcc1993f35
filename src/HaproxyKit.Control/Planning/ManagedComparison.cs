using HaproxyKit.Control.Planning.Steps;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Planning;

/// <summary>
/// Compares what runs with what shall run, in the proxies that must run exactly as the file says, whoever changed them. States that
/// somebody else set are left alone: they are the operator's.
/// </summary>
internal sealed class ManagedComparison(
    PlanInput input, RunningState running, Func<string, bool> isManaged, Func<string, bool> isClosed, Func<string, string, bool?> isOwnMaintenance)
{
    private const string DefaultWeight = "1";
    private const string NoLimit = "0";

    private readonly ServerPlanner _servers = new(input);

    /// <summary>The names of the servers that are in service, by backend: looked for anew in each, 10,000 backends would cost seconds.</summary>
    private readonly ILookup<string, string> _inService = running.Servers
        .Where(pair => pair.Value.Mode == ServerMode.Ready)
        .ToLookup(pair => pair.Key.Backend, pair => pair.Key.Server, StringComparer.Ordinal);

    internal void Plan(StepList steps)
    {
        var sections = running.Scope is { } scope
            ? scope.Where(isManaged).Order(StringComparer.Ordinal).SelectMany(input.ProxiesWanted)
            : input.ProxiesWanted().Where(section => isManaged(section.Name));
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var section in sections)
        {
            written.Add(section.Name);
            var found = new StepList();
            Compare(section, found);

            // Only where something differs it matters whether HAProxy runs the section at all: conditions are dear to follow.
            if (!found.IsEmpty && IsRunAlways(section))
            {
                steps.AddRange(found);
            }
        }

        foreach (var proxy in running.Proxies.Where(proxy => isManaged(proxy) && !written.Contains(proxy)).Order(StringComparer.Ordinal))
        {
            steps.Reload($"'{proxy}' is running and stands in the file no more", proxy);
        }
    }

    /// <summary>Whether HAProxy runs a section whatever its environment says: no line disables it, and no condition encloses it.</summary>
    internal static bool IsRunAlways(ProxySection section) =>
        !section.Directives.Any(directive => directive.Keyword == "disabled") && !section.Directives.Any(directive => directive.Conditions.Count > 0);

    private void Compare(ProxySection section, StepList steps)
    {
        var place = ChangeReasons.Place(section.Kind, section.Name);
        if (!running.Proxies.Contains(section.Name))
        {
            steps.Reload($"{place} is not running", section.Name);
            return;
        }

        if (section.Kind is SectionKind.Frontend or SectionKind.Listen && running.IsOpen(section.Name) == isClosed(section.Name))
        {
            if (isClosed(section.Name))
            {
                steps.Add(new SwitchFrontend(section.Name, IsOpen: false));
            }
            else if (FrontendPlanner.IsPaused(running, section.Name) && ServerNames.IsPlain(section.Name))
            {
                steps.Add(new SwitchFrontend(section.Name, IsOpen: true));
            }
            else
            {
                steps.Reload($"{place} takes no connections", section.Name);
            }
        }

        CompareLimit(section, steps);
        var view = new BackendView(section);
        var lines = view.AllServers.ToList();
        foreach (var line in lines)
        {
            CompareServer(view, line, steps);
        }

        if (section.Kind != SectionKind.Frontend && section.Directives["server-template"].Count == 0)
        {
            var written = lines.Select(line => line.Name).ToHashSet(StringComparer.Ordinal);
            foreach (var name in _inService[section.Name].Where(name => !written.Contains(name) && ServerNames.IsPlain(name)))
            {
                steps.Add(new RemoveServer(section.Name, name, input.DrainGrace));
            }
        }
    }

    /// <summary>With 0, as without the word, HAProxy takes a limit of its own.</summary>
    private void CompareLimit(ProxySection section, StepList steps)
    {
        if (section.Kind is SectionKind.Frontend or SectionKind.Listen
            && running.Frontends.GetValueOrDefault(section.Name) is { MaxConnections: { } present }
            && section.Effective.MaxConnections is { Value: { } most and > 0, Conditional.Count: 0 }
            && most != present)
        {
            if (FrontendPlanner.TakesLimit(input.Version) && ServerNames.IsPlain(section.Name))
            {
                steps.Add(new SetFrontendMaxConnections(section.Name, most));
            }
            else
            {
                steps.Reload($"{ChangeReasons.Place(section.Kind, section.Name)} takes {present} connections at most", section.Name);
            }
        }
    }

    private void CompareServer(BackendView view, Server line, StepList steps)
    {
        var section = view.Section;
        if (line.Address is not { IPAddress: { } address, Port: { } port })
        {
            return;
        }

        if (!running.Servers.TryGetValue((section.Name, line.Name), out var present))
        {
            var obstacle = section.Kind == SectionKind.Frontend ? "it stands in a frontend" : _servers.PlanAddition(view, line, steps);
            if (obstacle is not null)
            {
                steps.Reload($"server '{section.Name}/{line.Name}' is not running: {obstacle}", section.Name);
            }

            return;
        }

        if (IsSpare(view, line))
        {
            CompareSpare(section, line, present, steps);
        }
        else
        {
            if (!address.Equals(present.Address) || port != present.Port)
            {
                CompareAddress(view, line, present, steps);
            }

            if (present.Mode != ServerMode.Ready && isOwnMaintenance(section.Name, line.Name) == true && ServerNames.IsPlain(line.Name)
                && view.Read(line).Server is { IsDisabled: false })
            {
                steps.Add(new SetServerMode(section.Name, line.Name, ServerMode.Ready));
            }
        }

        CompareSettings(view, line, present, steps);
    }

    /// <summary>A spare server in service would send traffic to where it was before; one that drains was left so by whoever began that.</summary>
    private void CompareSpare(ProxySection section, Server line, RunningServer present, StepList steps)
    {
        if (present.Mode != ServerMode.Maintenance && ServerNames.IsPlain(line.Name))
        {
            ServerChanges.PlanRelease(section.Name, line.Name, present, input.DrainGrace, steps);
        }
    }

    private static void CompareAddress(BackendView view, Server line, RunningServer present, StepList steps)
    {
        var backend = view.Section.Name;
        if (ServerChanges.PlanAddress(backend, line, present, steps) is { } why)
        {
            steps.Reload($"server '{backend}/{line.Name}': {why}", backend);
        }
        else if (present is { HasNoAddress: true, Mode: ServerMode.Maintenance } && view.Read(line).Server is { IsDisabled: false })
        {
            // A spare server that the file gives an address was put into maintenance by its line, and by nobody.
            steps.Add(new SetServerMode(backend, line.Name, ServerMode.Ready));
        }
    }

    /// <summary>Weight and limit are compared where no agent may have changed them; what the file does not say is what HAProxy takes then.</summary>
    private static void CompareSettings(BackendView view, Server line, RunningServer present, StepList steps)
    {
        var section = view.Section;
        if (view.Read(line).Server is not { } server || server.Has("agent-check") || server.Has("minconn") || !ServerNames.IsPlain(line.Name))
        {
            return;
        }

        if (ServerAddresses.TryNumber(server.Value("weight") ?? DefaultWeight, 0, RuntimeClient.MaxWeight, out var weight) && weight != present.Weight)
        {
            if (weight == 0 || weight == present.ConfiguredWeight || view.Algorithm.IsDynamic)
            {
                steps.Add(new SetServerWeight(section.Name, line.Name, weight));
            }
            else
            {
                steps.Reload($"server '{section.Name}/{line.Name}' runs with another weight", section.Name);
            }
        }

        if (ServerAddresses.TryNumber(server.Value("maxconn") ?? NoLimit, 0, int.MaxValue, out var limit) && present.MaxConnections is { } most && limit != most)
        {
            steps.Add(new SetServerMaxConnections(section.Name, line.Name, limit));
        }
    }

    private static bool IsSpare(BackendView view, Server line) =>
        ServerAddresses.IsUnspecified(line.Arguments[1].Value) && view.Read(line).Server is { IsDisabled: true };
}
