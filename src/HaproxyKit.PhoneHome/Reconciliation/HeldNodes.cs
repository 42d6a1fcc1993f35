using System.Collections.Frozen;
using System.Globalization;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Diagnostics;
using HaproxyKit.Model;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Mappings;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>
/// The nodes whose servers an operator has put into maintenance or drains at run time. That is kept, and told: to their callers, with
/// the mappings, and as an alarm. It is known from what every deployment sees of HAProxy, the one that changes nothing and looks for drift included.
/// </summary>
internal sealed class HeldNodes(AlarmBoard? alarms)
{
    private static readonly string[] InMaintenance =
        ["an operator has put this node's server into maintenance: HAProxy sends it no traffic until that is undone by hand"];

    private static readonly string[] Draining =
        ["an operator drains this node's server: HAProxy sends it no new connections until that is undone by hand"];

    private volatile FrozenDictionary<(int Port, string? Node), NodeHold> _holds = FrozenDictionary<(int, string?), NodeHold>.Empty;

    /// <summary>Another one where something has changed.</summary>
    internal object Version => _holds;

    internal static string AlarmKeyOf(int frontendPort) => string.Create(CultureInfo.InvariantCulture, $"phone-home held nodes {frontendPort}");

    internal NodeHold? Find(int frontendPort, string? node) => _holds.TryGetValue((frontendPort, node), out var hold) ? hold : null;

    /// <summary>An answer, with a warning where the node that was called for is held.</summary>
    internal MappingOutcome.Served Warn(MappingOutcome.Served answer, MappingCommand command)
    {
        var holds = _holds;
        return holds.Count > 0 && command.Action == MappingAction.Add && holds.TryGetValue((command.FrontendPort, command.Node), out var hold)
            ? answer with { Warnings = hold == NodeHold.Maintenance ? InMaintenance : Draining }
            : answer;
    }

    /// <summary>Notes what a deployment has seen, of the mappings at which it looked; the others are as they were.</summary>
    /// <param name="mappings">The mappings.</param>
    /// <param name="result">What became of it.</param>
    internal void Note(DesiredMappings mappings, DeploymentResult result)
    {
        if (result.Outcome is not (DeploymentOutcome.Applied or DeploymentOutcome.Unchanged) || (_holds.Count == 0 && result.HeldServers.IsEmpty))
        {
            return;
        }

        var found = _holds.Where(pair => IsStillSo(pair.Key, mappings, result.SeenProxies)).ToDictionary();
        foreach (var (key, hold) in FindHeld(mappings, result))
        {
            found[key] = hold;
        }

        if (found.Count == _holds.Count && found.All(pair => _holds.TryGetValue(pair.Key, out var hold) && hold == pair.Value))
        {
            return;
        }

        Tell(found, mappings);
        _holds = found.ToFrozenDictionary();
    }

    /// <summary>Whether a node is there still, and was not looked at.</summary>
    private static bool IsStillSo((int Port, string? Node) key, DesiredMappings mappings, IReadOnlySet<string>? seen) =>
        seen is not null
        && mappings[key.Port] is { } mapping
        && mapping.Nodes.Any(node => node.Node == key.Node)
        && !seen.Contains(mapping.BackendName)
        && !seen.Contains(IncumbentSections.BackendName(key.Port));

    private static IEnumerable<((int Port, string? Node) Key, NodeHold Hold)> FindHeld(DesiredMappings mappings, DeploymentResult result)
    {
        if (result.HeldServers.IsEmpty || result.Candidate is not { } document)
        {
            yield break;
        }

        var config = new HaproxyConfig(document);
        var byBackend = mappings.Open
            .SelectMany(mapping => new[] { (Name: mapping.BackendName, mapping), (Name: IncumbentSections.BackendName(mapping.FrontendPort), mapping) })
            .ToLookup(pair => pair.Name, pair => pair.mapping, StringComparer.Ordinal);
        foreach (var server in result.HeldServers)
        {
            if (byBackend[server.Backend].FirstOrDefault() is { } mapping
                && MappingServers.FindNode(config, server.Backend, server.Server) is { } written
                && NodeOf(mapping, written) is { } node)
            {
                yield return ((mapping.FrontendPort, node.Node), server.Mode == ServerMode.Maintenance ? NodeHold.Maintenance : NodeHold.Drain);
            }
        }
    }

    /// <summary>The incumbent's servers bear no node's name.</summary>
    private static MappingNode? NodeOf(Mapping mapping, MappingNode written) =>
        mapping.Nodes.FirstOrDefault(node => node.Node == written.Node)
        ?? mapping.Nodes.FirstOrDefault(node => node.Address.Equals(written.Address) && node.Port == written.Port);

    private void Tell(Dictionary<(int Port, string? Node), NodeHold> found, DesiredMappings mappings)
    {
        foreach (var port in _holds.Keys.Select(key => key.Port).Except(found.Keys.Select(key => key.Port)))
        {
            alarms?.Clear(AlarmKeyOf(port));
        }

        foreach (var held in found.GroupBy(pair => pair.Key.Port, pair => $"{pair.Key.Node ?? "its node"} ({(pair.Value == NodeHold.Maintenance ? "maintenance" : "drain")})"))
        {
            alarms?.Raise(AlarmKeyOf(held.Key), new Diagnostic
            {
                Id = DiagnosticIds.NodeHeldByOperator,
                Severity = DiagnosticSeverity.Warning,
                Message = string.Create(
                    CultureInfo.InvariantCulture,
                    $"port {held.Key} ('{mappings[held.Key]?.Name}'): an operator keeps {string.Join(", ", held.Order(StringComparer.Ordinal))} out of service at run time"),
                Hint = "it is left so until somebody sends 'set server ... state ready'",
            });
        }
    }
}
