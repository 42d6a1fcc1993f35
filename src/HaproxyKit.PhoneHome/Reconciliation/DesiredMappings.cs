using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Mappings;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>The mappings that shall be, by frontend port: an immutable value, and the rules by which calls change it.</summary>
internal sealed class DesiredMappings
{
    /// <summary>Whose a declared port is that nobody has called for yet; a token of that name has no more right to it than another one.</summary>
    private const string Nobody = "nobody";

    private readonly ImmutableSortedDictionary<int, Mapping> _byPort;

    private DesiredMappings(ImmutableSortedDictionary<int, Mapping> byPort) => _byPort = byPort;

    internal static DesiredMappings Empty { get; } = new(ImmutableSortedDictionary<int, Mapping>.Empty);

    internal IEnumerable<Mapping> All => _byPort.Values;

    /// <summary>Those with a node; a port without one belongs to nobody.</summary>
    internal IEnumerable<Mapping> Open => _byPort.Values.Where(mapping => !mapping.IsClosed);

    /// <summary>The frontends that take no connections since nobody has called for them.</summary>
    internal FrozenSet<string> ClosedFrontends =>
        _byPort.Values.Where(mapping => mapping.IsClosed).Select(mapping => mapping.FrontendName).ToFrozenSet(StringComparer.Ordinal);

    internal Mapping? this[int frontendPort] => _byPort.GetValueOrDefault(frontendPort);

    internal static DesiredMappings Of(IEnumerable<Mapping> mappings) =>
        new(mappings.ToImmutableSortedDictionary(mapping => mapping.FrontendPort, mapping => mapping));

    /// <summary>Whether nobody has called for a port yet: there is no mapping, or one that was only declared.</summary>
    internal static bool IsUnclaimed(Mapping? mapping) => mapping is null or { IsClosed: true, Owner: Nobody };

    internal DesiredMappings With(Mapping mapping) => new(_byPort.SetItem(mapping.FrontendPort, mapping));

    internal DesiredMappings Without(int frontendPort) => new(_byPort.Remove(frontendPort));

    /// <summary>What an intent makes of these mappings.</summary>
    /// <param name="intent">What somebody wants.</param>
    /// <param name="defaultLease">The lease of a call that names none.</param>
    /// <param name="declared">The declared ports; matters only to who takes a closed one.</param>
    internal MappingDecision Decide(MappingIntent intent, TimeSpan defaultLease, IEnumerable<DeclaredPort>? declared = null) => intent switch
    {
        MappingIntent.Call { Command: { Action: MappingAction.Add } command } => Add(command, defaultLease, declared),
        MappingIntent.Call { Command: var command } => Delete(command),
        MappingIntent.Lapse lapse => Lapse(lapse),
        MappingIntent.Sweep => new MappingDecision(WithoutIdle(), MappingChange.Removed),
        _ => new MappingDecision(this, MappingChange.Unchanged),
    };

    /// <summary>The same with these ports declared, and no others.</summary>
    internal DesiredMappings Declare(IEnumerable<DeclaredPort> ports, TimeSpan defaultLease)
    {
        var declared = ports.ToDictionary(port => port.Port);
        var byPort = _byPort.SetItems(_byPort.Values
            .Where(mapping => mapping.IsDeclared != declared.ContainsKey(mapping.FrontendPort))
            .Select(mapping => KeyValuePair.Create(mapping.FrontendPort, mapping with { IsDeclared = !mapping.IsDeclared })));
        return new(byPort.SetItems(declared.Values
            .Where(port => byPort.GetValueOrDefault(port.Port) is null or { IsClosed: true })
            .Select(port => KeyValuePair.Create(port.Port, Declared(port, byPort.GetValueOrDefault(port.Port), defaultLease)))));
    }

    /// <summary>
    /// The same without mappings that have no node and that nobody declared, where HAProxy has to be reloaded anyway: for a frontend that it did
    /// not have before.
    /// </summary>
    internal DesiredMappings Tidied(DesiredMappings before) =>
        All.Any(mapping => before[mapping.FrontendPort] is var present && !ReferenceEquals(present, mapping) && present?.FrontendName != mapping.FrontendName)
            ? WithoutIdle()
            : this;

    private DesiredMappings WithoutIdle() =>
        new(_byPort.RemoveRange(_byPort.Values.Where(mapping => mapping is { IsClosed: true, IsDeclared: false }).Select(mapping => mapping.FrontendPort)));

    private static Mapping Declared(DeclaredPort port, Mapping? present, TimeSpan defaultLease) => new()
    {
        Name = port.Name ?? present?.Name ?? port.Port.ToString(CultureInfo.InvariantCulture),
        FrontendPort = port.Port,
        Owner = present?.Owner ?? Nobody,
        Lease = present?.Lease ?? defaultLease,
        SendProxy = port.SendProxy,
        Settings = SettingsOf(port),
        IsDeclared = true,
        IsNamedByPort = port.Name is null,
    };

    private static MappingSettings SettingsOf(DeclaredPort? port) =>
        port?.BindAddress is { } address ? MappingSettings.Default with { BindAddress = IPAddress.Parse(address) } : MappingSettings.Default;

    private MappingDecision Add(MappingCommand command, TimeSpan defaultLease, IEnumerable<DeclaredPort>? declared)
    {
        var present = this[command.FrontendPort];
        if (ConflictWith(present, command) is { } conflict)
        {
            return new MappingDecision(this, MappingChange.Unchanged, conflict);
        }

        var wanted = new Mapping
        {
            Name = command.Name,
            FrontendPort = command.FrontendPort,
            Owner = command.Owner,
            Lease = command.Lease ?? defaultLease,
            SendProxy = command.SendProxy,
            Settings = SettingsBefore(present, declared).With(command.Settings),
            IsDeclared = present?.IsDeclared ?? false,
            IsNamedByPort = present?.IsNamedByPort ?? false,
            Nodes = WithNode(present?.Nodes ?? [], command),
        };
        return new MappingDecision(With(wanted), ChangeBetween(present, wanted));
    }

    /// <summary>What the one who had a port before has said of it is nobody's wish any more; where it listens may be the operator's.</summary>
    private static MappingSettings SettingsBefore(Mapping? present, IEnumerable<DeclaredPort>? declared) => present switch
    {
        null => MappingSettings.Default,
        { IsClosed: true } => SettingsOf(declared?.FirstOrDefault(port => port.Port == present.FrontendPort)),
        _ => present.Settings,
    };

    /// <summary>
    /// A node is known by its name, so that a new address of a known node is a move. A caller that names no node speaks for the only one.
    /// </summary>
    private static ImmutableArray<MappingNode> WithNode(ImmutableArray<MappingNode> nodes, MappingCommand command)
    {
        var known = nodes.FirstOrDefault(node => node.Node == command.Node);
        var node = new MappingNode
        {
            Node = command.Node,
            Address = command.Address,
            Port = command.NodePort,
            Weight = command.Weight ?? known?.Weight ?? MappingNode.DefaultWeight,
            Instances = command.Instance is null ? known?.Instances ?? [] : WithInstance(known?.Instances ?? [], command.Instance),
        };
        return command.Node is null ? [node]
            : known is not null ? nodes.Replace(known, node)
            : [.. nodes.Where(other => other.Node is not null), node];
    }

    /// <summary>Pods that end without a goodbye would pile up: beyond the bound the one that was announced first is forgotten.</summary>
    private static ImmutableArray<string> WithInstance(ImmutableArray<string> instances, string instance) =>
        instances.Contains(instance, StringComparer.Ordinal) ? instances : [.. instances.Append(instance).TakeLast(PhoneHomeLimits.MaxInstancesOfNode)];

    private MappingDecision Delete(MappingCommand command)
    {
        var present = this[command.FrontendPort];
        if (ConflictWith(present, command) is { } conflict)
        {
            return new MappingDecision(this, MappingChange.Unchanged, conflict);
        }

        if (present is null or { IsClosed: true })
        {
            return new MappingDecision(this, MappingChange.Absent);
        }

        if (command is { Node: null, Instance: null })
        {
            return new MappingDecision(With(present with { Nodes = [] }), MappingChange.Removed);
        }

        var node = present.Nodes.FirstOrDefault(node => node.Node == command.Node);
        var isGone = node is null || (command.Instance is { } gone && !node.Instances.IsEmpty && !node.Instances.Contains(gone, StringComparer.Ordinal));
        if (isGone)
        {
            return new MappingDecision(this, MappingChange.Absent);
        }

        var left = command.Instance is { } instance ? node!.Instances.Remove(instance, StringComparer.Ordinal) : [];
        return left.IsEmpty
            ? WithoutNode(present, node!)
            : new MappingDecision(With(present with { Nodes = present.Nodes.Replace(node!, node! with { Instances = left }) }), MappingChange.Unchanged);
    }

    private MappingDecision Lapse(MappingIntent.Lapse lapse) =>
        this[lapse.FrontendPort] is { } mapping && mapping.Nodes.FirstOrDefault(node => node.Node == lapse.Node) is { } node
            ? WithoutNode(mapping, node)
            : new MappingDecision(this, MappingChange.Absent);

    /// <summary>A mapping is closed with its last node.</summary>
    private MappingDecision WithoutNode(Mapping mapping, MappingNode node) =>
        new(With(mapping with { Nodes = mapping.Nodes.Remove(node) }), MappingChange.Removed);

    private static MappingOutcome.Conflict? ConflictWith(Mapping? present, MappingCommand command)
    {
        if (present is null)
        {
            return null;
        }

        if (present.IsClosed)
        {
            return present is { IsDeclared: true, IsNamedByPort: false } && present.Name != command.Name
                ? new MappingOutcome.Conflict
                {
                    Reason = ConflictReason.AnotherName,
                    Message = $"frontend port {command.FrontendPort} is declared for the mapping '{present.Name}'",
                    Hint = "take another port, or that name",
                }
                : null;
        }

        if (present.Owner != command.Owner)
        {
            return new MappingOutcome.Conflict
            {
                Reason = ConflictReason.AnotherOwner,
                Message = $"frontend port {command.FrontendPort} belongs to another owner",
                Hint = "take another port, or a token of its owner",
            };
        }

        return present.Name == command.Name
            ? null
            : new MappingOutcome.Conflict
            {
                Reason = ConflictReason.AnotherName,
                Message = $"frontend port {command.FrontendPort} belongs to the mapping '{present.Name}'",
                Hint = $"take another port, or delete '{present.Name}' first",
            };
    }

    private static MappingChange ChangeBetween(Mapping? before, Mapping after)
    {
        if (before is null or { IsClosed: true })
        {
            return MappingChange.Created;
        }

        if (SameForHaproxy(before, after))
        {
            return MappingChange.Unchanged;
        }

        var sameNodes = before.Nodes.Select(node => node.Node).SequenceEqual(after.Nodes.Select(node => node.Node), StringComparer.Ordinal);
        return sameNodes && before.SendProxy == after.SendProxy && before.Settings == after.Settings && SameWeights(before, after) ? MappingChange.Moved : MappingChange.Changed;
    }

    private static bool SameWeights(Mapping before, Mapping after) =>
        before.Nodes.Select(node => node.Weight).SequenceEqual(after.Nodes.Select(node => node.Weight));

    private static bool SameForHaproxy(Mapping before, Mapping after) =>
        before.SendProxy == after.SendProxy
        && before.Settings == after.Settings
        && SameWeights(before, after)
        && before.Nodes.Select(node => (node.Node, node.Address, node.Port)).SequenceEqual(after.Nodes.Select(node => (node.Node, node.Address, node.Port)));
}
