using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using HaproxyKit.Expressions;
using HaproxyKit.Model;
using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Mappings;

/// <summary>
/// The server lines of a mapping's backend. A slot that a node has says where it is, and in its comment which node it is; a free one has no
/// address and is in maintenance.
/// </summary>
/// <param name="options">How the sections are written.</param>
internal sealed class MappingServers(MappingSectionOptions options)
{
    private const string NodeComment = "node=";
    private const string InstancesComment = "instances=";
    private const string FreeWord = "disabled";
    private const string WeightWord = "weight";

    /// <summary>What a free slot has for an address: HAProxy takes it, and connects to nothing.</summary>
    private static readonly Address NoAddress = new(IPAddress.Any, 1);

    /// <summary>The nodes that stand in a backend, in the order of its lines.</summary>
    internal static ImmutableArray<MappingNode> ReadNodes(HaproxyConfig config, string backend) =>
        config.Backends.TryGet(backend, out var section) ? [.. section.Servers.Select(ReadNode).OfType<MappingNode>()] : [];

    /// <summary>The node that a server stands for; null for a free slot, and for one that is not there.</summary>
    internal static MappingNode? FindNode(HaproxyConfig config, string backend, string server) =>
        config.Backends.TryGet(backend, out var section) && section.Servers.FirstOrDefault(line => line.Name == server) is { } found ? ReadNode(found) : null;

    /// <summary>Which node has which slot in a section, by the names of nodes; null stands for the node without a name.</summary>
    internal static Dictionary<int, string?> ReadSlots(Backend? section)
    {
        var taken = new Dictionary<int, string?>();
        foreach (var server in section?.Servers ?? Enumerable.Empty<Server>())
        {
            if (MappingSlot.NumberOf(server.Name) is { } number && ReadNode(server) is { } node)
            {
                taken.TryAdd(number, node.Node);
            }
        }

        return taken;
    }

    internal static ProxyProtocol ReadSendProxy(HaproxyConfig config, string backend)
    {
        var server = config.Backends.TryGet(backend, out var section) && section.Servers is [var first, ..] ? first : null;
        return server is null ? ProxyProtocol.None
            : server.Arguments.Contains("send-proxy-v2") ? ProxyProtocol.V2
            : server.Arguments.Contains("send-proxy") ? ProxyProtocol.V1
            : ProxyProtocol.None;
    }

    internal void Write(Backend backend, Mapping mapping, ImmutableArray<MappingSlot> slots)
    {
        // What the operator's defaults may say of all servers is said again here, each word with the value that these servers need.
        var check = mapping.Settings.Check;
        var isChecked = check?.Kind != HealthCheckKind.None;
        var interval = HaproxyTime.Format(check?.Interval ?? options.CheckInterval);

        // Where nothing is checked, no place need be said, and HAProxy sets no descriptor aside for the word "port".
        string[] place = isChecked ? ["addr", "0.0.0.0", "port", "0"] : [];
        backend.Directives.Add(
            "default-server",
            [
                isChecked ? "check" : "no-check", "inter", interval, "fastinter", interval, "downinter", interval,
                "fall", Text(check?.Fall ?? options.CheckFall), "rise", Text(check?.Rise ?? options.CheckRise),
                WeightWord, Text(MappingNode.DefaultWeight), "slowstart", "0", "minconn", "0", "maxconn", "0", "maxqueue", "0",
                "enabled", "stick", "no-agent-check", "no-tfo", "no-backup", "no-ssl", "no-check-ssl",
                "no-send-proxy", "no-send-proxy-v2", TellsProxyInChecks(mapping) ? "check-send-proxy" : "no-check-send-proxy", .. place,
            ]);
        foreach (var slot in slots)
        {
            var server = backend.Servers.Add(slot.ServerName, slot.Node is { } there ? new Address(there.Address, there.Port) : NoAddress);
            if (mapping.SendProxy != ProxyProtocol.None)
            {
                server.Arguments.Add(mapping.SendProxy == ProxyProtocol.V2 ? "send-proxy-v2" : "send-proxy");
            }

            if (slot.Node is { } node)
            {
                server.Arguments.Add(WeightWord);
                server.Arguments.Add(Text(node.Weight));
                server.Comment = CommentOf(node);
            }
            else
            {
                server.Arguments.Add(FreeWord);
            }
        }
    }

    /// <summary>A node that waits for the PROXY protocol's header hears no request before it.</summary>
    private static bool TellsProxyInChecks(Mapping mapping) =>
        mapping is { SendProxy: not ProxyProtocol.None, Settings.Check.Kind: HealthCheckKind.Http };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? CommentOf(MappingNode node)
    {
        string[] words =
        [
            .. node.Node is null ? [] : new[] { NodeComment + node.Node },
            .. node.Instances.IsEmpty ? [] : new[] { InstancesComment + string.Join(',', node.Instances) },
        ];
        return words.Length == 0 ? null : string.Join(' ', words);
    }

    private static MappingNode? ReadNode(Server server)
    {
        if (server.Address is not { IPAddress: { } address, Port: { } port } || IsFree(server))
        {
            return null;
        }

        var words = server.Comment?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return new MappingNode
        {
            Node = NameIn(words) ?? NameBySlot(server.Name),
            Address = address,
            Port = port,
            Weight = server.Weight ?? MappingNode.DefaultWeight,
            Instances =
            [
                .. words.Where(word => word.StartsWith(InstancesComment, StringComparison.Ordinal))
                    .SelectMany(word => word[InstancesComment.Length..].Split(',', StringSplitOptions.RemoveEmptyEntries)),
            ],
        };
    }

    private static bool IsFree(Server server) =>
        server.Arguments.Contains(FreeWord) && server.Address.IPAddress is { } address && address.Equals(NoAddress.IPAddress);

    private static string? NameIn(string[] words) =>
        words.FirstOrDefault(word => word.StartsWith(NodeComment, StringComparison.Ordinal))?[NodeComment.Length..];

    /// <summary>Before there were slots a server had its node's name, which the comment repeated; only a node without a name has no such comment.</summary>
    private static string? NameBySlot(string server) =>
        server == MappingNode.NamelessServer || MappingSlot.NumberOf(server) is not null ? null : server;
}
