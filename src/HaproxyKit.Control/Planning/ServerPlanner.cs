using HaproxyKit.Comparison;
using HaproxyKit.Control.Planning.Steps;
using HaproxyKit.Model;

namespace HaproxyKit.Control.Planning;

/// <summary>Plans what becomes of the servers whose lines changed.</summary>
internal sealed class ServerPlanner(PlanInput input)
{
    /// <summary>Plans one change of a <c>server</c> line; what the Runtime API cannot do becomes a reload.</summary>
    internal void Plan(ConfigChange change, StepList steps)
    {
        var (backend, server) = (change.SectionName, change.Name ?? "");
        var (was, now) = (input.BackendBefore(backend), input.BackendWanted(backend));
        if (change.Kind == ChangeKind.Moved || was is null || now is null || was.HasConditions || now.HasConditions
            || !ServerNames.IsPlain(backend) || !ServerNames.IsPlain(server))
        {
            steps.Reload(ChangeReasons.Of(change), backend);
            return;
        }

        var obstacle = (was.ServersNamed(server), now.ServersNamed(server)) switch
        {
            ([var old], [var line]) when change.Kind == ChangeKind.Changed => new ServerChanges(input, was, now).Plan(old, line, change, steps),
            ([], [var line]) when change.Kind == ChangeKind.Added => PlanAddition(now, line, steps),
            ([var old], []) when change.Kind == ChangeKind.Removed => PlanRemoval(was.Section, old, steps),
            _ => "several servers have the name",
        };
        if (obstacle is not null)
        {
            steps.Reload($"server '{backend}/{server}': {obstacle}", backend);
        }
    }

    /// <summary>Plans the addition of a server to a running backend, or tells why that takes a reload.</summary>
    internal string? PlanAddition(BackendView backend, Server line, StepList steps)
    {
        var name = backend.Section.Name;
        var leftOver = input.Running?.Servers.GetValueOrDefault((name, line.Name));
        if (input.Running is { } running)
        {
            if (!running.Proxies.Contains(name))
            {
                return "its backend is not running";
            }

            // One that waits for its deletion makes room, unless sessions hold it.
            if (leftOver is { IsInMaintenance: false } or { Sessions: > 0 })
            {
                return "a server of that name is still running";
            }
        }

        var (step, obstacle) = ServerAddition.Plan(backend, line, input.Version, input.BackendBefore(name));
        if (step is not null)
        {
            steps.Add(step with { IsInPlaceOfLeftOver = leftOver is not null });
        }

        return obstacle;
    }

    /// <summary>A server that something names cannot be deleted; nor can it be left out of the file, but for what names it elsewhere.</summary>
    private string? PlanRemoval(ProxySection section, Server line, StepList steps)
    {
        if (ServerUses.Find(section, line) is { } use)
        {
            return $"it is named by '{use.Keyword}' in line {use.LineNumber}";
        }

        var backend = section.Name;
        var present = input.Running?.Servers.GetValueOrDefault((backend, line.Name));
        if (input.Running is null || present is not null)
        {
            // What is in maintenance already shall not come back to drain.
            var isOut = present?.Mode == Runtime.ServerMode.Maintenance;
            steps.Add(new RemoveServer(backend, line.Name, isOut ? TimeSpan.Zero : input.DrainGrace));
        }

        return null;
    }
}
