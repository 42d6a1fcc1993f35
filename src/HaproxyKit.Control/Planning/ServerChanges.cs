using System.Collections.Frozen;
using System.Net;
using HaproxyKit.Comparison;
using HaproxyKit.Control.Planning.Steps;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Model;

namespace HaproxyKit.Control.Planning;

/// <summary>Plans the change of one server: each word that the Runtime API can change and that can be read back afterwards.</summary>
internal sealed class ServerChanges(PlanInput input, BackendView before, BackendView wanted)
{
    private const string AddressWord = "address";
    private const string ElsewhereOnly = "only a reload takes back where it is checked or its agent is asked";

    private static readonly FrozenSet<string> Settable = new[]
    {
        AddressWord, "weight", "maxconn", "disabled", "enabled", "check", "no-check", "agent-check", "no-agent-check", "addr", "port",
        "agent-addr", "agent-port",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Adds the steps, or adds none and tells why the change takes a reload.</summary>
    internal string? Plan(Server was, Server now, ConfigChange change, StepList steps)
    {
        if (change.Words.Any(word => word.HasVariables))
        {
            return "its line says what only HAProxy's environment knows";
        }

        var others = change.Words.Where(word => word.Name is null || !Settable.Contains(word.Name)).Select(word => $"'{word.Name}'").Distinct().ToList();
        if (others.Count > 0)
        {
            return others is ["'agent-send'"]
                ? "HAProxy does not show what it says to an agent, so that only a reload is sure to change it"
                : $"only a reload changes {string.Join(", ", others)}";
        }

        var present = input.Running?.Servers.GetValueOrDefault((wanted.Section.Name, now.Name));
        if (input.Running is not null && present is null)
        {
            return "it is not running";
        }

        var found = new StepList();
        var obstacle = change.IsOnlyIn(AddressWord) && !ServerAddresses.IsUnspecified(AddressOf(now))
            ? PlanAddress(wanted.Section.Name, now, present, found)
            : PlanWords(was, now, change, present, found);
        if (obstacle is null)
        {
            steps.AddRange(found);
        }

        return obstacle;
    }

    /// <summary>The command for the address that a server's line has, or why HAProxy cannot be given it.</summary>
    internal static string? PlanAddress(string backend, Server server, RunningServer? present, StepList steps)
    {
        if (!ServerNames.IsPlain(backend) || !ServerNames.IsPlain(server.Name) || !ServerAddresses.TryTarget(AddressOf(server), out var address, out var port))
        {
            return $"it cannot be given the address '{AddressOf(server)}' at run time";
        }

        steps.Add(new SetServerAddress(backend, server.Name, address, port, present is { IsHeldDown: true }));
        return null;
    }

    /// <summary>
    /// Takes a server out whose line has no address any more. What it had is left to it: nothing is sent there, and its sessions may end.
    /// </summary>
    internal static void PlanRelease(string backend, string server, RunningServer? present, TimeSpan grace, StepList steps)
    {
        // What is in maintenance already shall not come back to drain.
        var isOut = present?.Mode == ServerMode.Maintenance;
        steps.Add(new ReleaseServer(backend, server, isOut ? TimeSpan.Zero : grace));
    }

    private string? PlanWords(Server was, Server now, ConfigChange change, RunningServer? present, StepList steps)
    {
        var ((old, why), (server, obstacle)) = (before.Read(was), wanted.Read(now));
        if (old is null || server is null)
        {
            return why ?? obstacle;
        }

        // A spare server's address is none: it is in maintenance, and what it had before does no harm there.
        var isSpare = server.IsDisabled && ServerAddresses.IsUnspecified(AddressOf(now));
        return (change.Words.Any(word => word.Name == AddressWord) && !isSpare ? PlanAddress(wanted.Section.Name, now, present, steps) : null)
            ?? PlanWeight(now.Name, old, server, present, steps)
            ?? PlanLimit(now.Name, old, server, steps)
            ?? PlanCheck(now.Name, old, server, present, steps)
            ?? PlanAgent(now.Name, old, server, present, steps)
            ?? PlanMode(now.Name, old, server, isSpare, present, steps);
    }

    private string? PlanWeight(string name, EffectiveServer old, EffectiveServer server, RunningServer? present, StepList steps)
    {
        if (old.Value("weight") == server.Value("weight"))
        {
            return null;
        }

        if (!ServerAddresses.TryNumber(server.Value("weight") ?? "1", 0, RuntimeClient.MaxWeight, out var weight))
        {
            return "its weight is none";
        }

        var algorithm = wanted.Algorithm;
        if (!algorithm.IsDynamic && weight != 0 && weight != present?.ConfiguredWeight)
        {
            return $"'balance {algorithm.Name}' takes weights only when HAProxy starts";
        }

        steps.Add(new SetServerWeight(wanted.Section.Name, name, weight));
        return null;
    }

    private string? PlanLimit(string name, EffectiveServer old, EffectiveServer server, StepList steps)
    {
        if (old.Value("maxconn") == server.Value("maxconn"))
        {
            return null;
        }

        if (old.Has("minconn") || server.Has("minconn"))
        {
            return "with 'minconn' its limit is reckoned when HAProxy starts";
        }

        if (!ServerAddresses.TryNumber(server.Value("maxconn") ?? "0", 0, int.MaxValue, out var limit))
        {
            return "its 'maxconn' is no number that HAProxy takes";
        }

        steps.Add(new SetServerMaxConnections(wanted.Section.Name, name, limit));
        return null;
    }

    private string? PlanCheck(string name, EffectiveServer old, EffectiveServer server, RunningServer? present, StepList steps)
    {
        var (wasChecked, isChecked) = (old.Has("check"), server.Has("check"));
        if (wasChecked != isChecked)
        {
            if (isChecked && present is not { CanBeChecked: true })
            {
                return "HAProxy cannot check a server that it did not check when it started";
            }

            steps.Add(new SwitchServerCheck(wanted.Section.Name, name, isChecked));
        }

        if (!IsElsewhere(old, server, "addr", "port"))
        {
            return null;
        }

        if (old.Has("agent-check") || server.Has("agent-check"))
        {
            return "'addr' and 'port' say where its agent is asked as well";
        }

        return !isChecked || (wasChecked && present is not { IsChecked: true })
            ? "where it is checked can change only while it is checked"
            : Target(old, server, "addr", "port", (address, port) => steps.Add(new SetServerCheckTarget(wanted.Section.Name, name, address, port)));
    }

    private string? PlanAgent(string name, EffectiveServer old, EffectiveServer server, RunningServer? present, StepList steps)
    {
        var (hadAgent, hasAgent) = (old.Has("agent-check"), server.Has("agent-check"));
        if (hadAgent != hasAgent)
        {
            if (hasAgent && present is not { CanHaveAgent: true })
            {
                return "HAProxy cannot ask an agent that it did not ask when it started";
            }

            steps.Add(new SwitchServerAgent(wanted.Section.Name, name, hasAgent));
        }

        if (!IsElsewhere(old, server, "agent-addr", "agent-port"))
        {
            return null;
        }

        return !hasAgent || (hadAgent && present is not { HasAgent: true })
            ? "where its agent is asked can change only while it is asked"
            : Target(old, server, "agent-addr", "agent-port", (address, port) => steps.Add(new SetServerAgentTarget(wanted.Section.Name, name, address, port)));
    }

    /// <summary>Only a change that adds or takes away <c>disabled</c> asks for another state: what else is set is the operator's.</summary>
    private string? PlanMode(string name, EffectiveServer old, EffectiveServer server, bool isSpare, RunningServer? present, StepList steps)
    {
        if (old.IsDisabled == server.IsDisabled)
        {
            return null;
        }

        if (isSpare)
        {
            PlanRelease(wanted.Section.Name, name, present, input.DrainGrace, steps);
        }
        else
        {
            steps.Add(new SetServerMode(wanted.Section.Name, name, server.IsDisabled ? ServerMode.Maintenance : ServerMode.Ready));
        }

        return null;
    }

    private static bool IsElsewhere(EffectiveServer old, EffectiveServer server, string address, string port) =>
        old.Value(address) != server.Value(address) || old.Value(port) != server.Value(port);

    private static string? Target(EffectiveServer old, EffectiveServer server, string addressWord, string portWord, Action<IPAddress?, int?> add)
    {
        IPAddress? address = null;
        int? port = null;
        if (old.Value(addressWord) != server.Value(addressWord))
        {
            if (!ServerAddresses.TryLiteral(server.Value(addressWord), out address))
            {
                return ElsewhereOnly;
            }
        }

        if (old.Value(portWord) != server.Value(portWord))
        {
            if (!ServerAddresses.TryPort(server.Value(portWord), out var number))
            {
                return ElsewhereOnly;
            }

            port = number;
        }

        add(address, port);
        return null;
    }

    private static string AddressOf(Server server) => server.Arguments.Count > 1 ? server.Arguments[1].Value : "";
}
