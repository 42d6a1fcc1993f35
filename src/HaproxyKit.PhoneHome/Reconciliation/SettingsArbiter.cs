using System.Collections.Concurrent;
using System.Collections.Immutable;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Mappings;
using Microsoft.Extensions.Logging;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>
/// Says whose word counts where nodes of one mapping say different things of its settings, as they do while a rollout updates their pods one by
/// one: that of the node which changed its mind last. Who only repeats what it has said before changes nothing back, or each heartbeat would be a
/// reload. The word of a node that has gone counts no more; when it comes back with the same word, that is no change of mind either, or a pod that
/// crashes in a loop would be heard each time. All is forgotten when a mapping is closed, and at a restart.
/// </summary>
internal sealed partial class SettingsArbiter(ILogger<SettingsArbiter> logger)
{
    /// <summary>How many nodes are remembered that have gone, for each mapping.</summary>
    internal const int MaxGone = 16;

    private readonly ILogger _logger = logger;

    /// <summary>By port those who have spoken, in the order in which they changed their minds.</summary>
    private readonly ConcurrentDictionary<int, ImmutableArray<NodeVoice>> _taken = new();

    /// <summary>The same of the ports that change in the attempt under way.</summary>
    private readonly Dictionary<int, ImmutableArray<NodeVoice>> _attempt = [];

    /// <summary>Begins an attempt to deploy; what the one before would have changed is nothing.</summary>
    internal void Begin() => _attempt.Clear();

    /// <summary>The intent as it counts in the attempt under way.</summary>
    /// <param name="intent">What somebody wants.</param>
    /// <param name="wanted">The wanted mappings so far.</param>
    internal MappingIntent Hear(MappingIntent intent, DesiredMappings wanted) =>
        intent is MappingIntent.Call { Command: { Action: MappingAction.Add, FrontendPort: var port } } call
            ? Hear(call, VoicesInAttempt(port), wanted[port], isTold: true)
            : intent;

    /// <summary>The call as it counts beside all that was taken; needs no lock.</summary>
    /// <param name="call">The call.</param>
    /// <param name="present">The mapping as it stands.</param>
    /// <param name="isTold">Whether somebody calls, and does not only ask what would be.</param>
    internal MappingIntent.Call Hear(MappingIntent.Call call, Mapping? present, bool isTold) =>
        _taken.TryGetValue(call.Command.FrontendPort, out var voices) ? Hear(call, voices, present, isTold) : call;

    /// <summary>Notes in the attempt under way what was said.</summary>
    /// <param name="intent">What was wanted, as it was said.</param>
    /// <param name="port">The frontend port that it is about.</param>
    /// <param name="before">The wanted mapping before it, or null.</param>
    /// <param name="after">The wanted mapping with it, or null.</param>
    internal void Note(MappingIntent intent, int port, Mapping? before, Mapping? after)
    {
        var known = VoicesInAttempt(port);
        var voices = before is null or { IsClosed: true } || after is null or { IsClosed: true } ? [] : known;
        if (intent is MappingIntent.Call { Command: { Action: MappingAction.Add } command })
        {
            voices = With(voices, command, before);
        }

        if (voices.Length > (after?.Nodes.Length ?? 0) + MaxGone)
        {
            voices = voices.Remove(voices.First(voice => !Stands(voice, after)));
        }

        if (voices != known)
        {
            _attempt[port] = voices;
        }
    }

    /// <summary>The attempt under way was taken.</summary>
    internal void Take()
    {
        foreach (var (port, voices) in _attempt)
        {
            if (voices.IsEmpty)
            {
                _taken.TryRemove(port, out _);
            }
            else
            {
                _taken[port] = voices;
            }
        }

        _attempt.Clear();
    }

    /// <summary>Notes a call that was answered since the mapping stands as it says, or as it is heard; needs no lock.</summary>
    internal void Note(MappingCommand command)
    {
        if (!_taken.TryGetValue(command.FrontendPort, out var voices) || Find(voices, command.Node)?.Said.IsOf(command) != true)
        {
            _taken.AddOrUpdate(
                command.FrontendPort,
                static (_, said) => With([], said, null),
                static (_, present, said) => With(present, said, null),
                command);
        }
    }

    private MappingIntent.Call Hear(MappingIntent.Call call, ImmutableArray<NodeVoice> voices, Mapping? present, bool isTold)
    {
        var command = call.Command;
        if (Find(voices, command.Node) is not { } own || voices[^1] == own || !own.Said.IsOf(command))
        {
            return call;
        }

        var heard = command;
        SaidSettings? counting = null;
        for (var later = voices.IndexOf(own) + 1; later < voices.Length; later++)
        {
            if (Overrules(voices[later], own, present))
            {
                counting = voices[later].Said;
                heard = counting.Overrule(heard, present!);
            }
        }

        if (counting is null)
        {
            return call;
        }

        if (isTold && !IsAsSaid(present!, command) && own.IsNewsThat(counting))
        {
            LogOverruled(command.FrontendPort, command.Node ?? "-", command.Name);
        }

        return new MappingIntent.Call(heard);
    }

    private ImmutableArray<NodeVoice> VoicesInAttempt(int port) =>
        _attempt.TryGetValue(port, out var voices) || _taken.TryGetValue(port, out voices) ? voices : [];

    /// <summary>
    /// With what a call says: behind all others where it is not what the node has said before, or is heard again since those have gone who said
    /// something else.
    /// </summary>
    private static ImmutableArray<NodeVoice> With(ImmutableArray<NodeVoice> voices, MappingCommand command, Mapping? present)
    {
        var own = Find(voices, command.Node);
        if (own is null || !own.Said.IsOf(command))
        {
            return (own is null ? voices : voices.Remove(own)).Add(new NodeVoice(command.Node, SaidSettings.Of(command)));
        }

        var later = voices.AsSpan()[(voices.IndexOf(own) + 1)..];
        var isHeardAgain = false;
        foreach (var voice in later)
        {
            if (Overrules(voice, own, present))
            {
                return voices;
            }

            isHeardAgain |= !voice.Said.Equals(own.Said);
        }

        return isHeardAgain ? voices.Remove(own).Add(own) : voices;
    }

    private static NodeVoice? Find(ImmutableArray<NodeVoice> voices, string? node)
    {
        foreach (var voice in voices)
        {
            if (string.Equals(voice.Node, node, StringComparison.Ordinal))
            {
                return voice;
            }
        }

        return null;
    }

    private static bool Overrules(NodeVoice later, NodeVoice own, Mapping? present) => !later.Said.Equals(own.Said) && Stands(later, present);

    /// <summary>Whether the node is there still.</summary>
    private static bool Stands(NodeVoice voice, Mapping? mapping)
    {
        if (mapping is null)
        {
            return false;
        }

        foreach (var node in mapping.Nodes)
        {
            if (string.Equals(node.Node, voice.Node, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAsSaid(Mapping present, MappingCommand command) => present.SendProxy == command.SendProxy
        && (command.Lease is null || command.Lease == present.Lease)
        && present.Settings.With(command.Settings) == present.Settings;

    [LoggerMessage(
        4221,
        LogLevel.Warning,
        "Port {Port}: node {Node} says other settings of the mapping '{Name}' than another node has said since, which stay.")]
    private partial void LogOverruled(int port, string node, string name);
}
