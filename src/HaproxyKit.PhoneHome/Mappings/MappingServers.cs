using System.Collections.Immutable;
using System.Globalization;
using HaproxyKit.Expressions;
using HaproxyKit.Model;
using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Mappings;

/// <summary>The server lines of a mapping's backend: nodes as they are written and read.</summary>
/// <param name="options">How the sections are written.</param>
internal sealed class MappingServers(MappingSectionOptions options)
{
    private const string NodeComment = "node=";
    private const string InstancesComment = "instances=";

    internal static ImmutableArray<MappingNode> ReadNodes(HaproxyConfig config, MappingMarker marker) =>
        config.Backends.TryGet(MappingNames.Backend(marker.Name, marker.Port), out var backend)
            ? [.. backend.Servers.Select(ReadNode).OfType<MappingNode>()]
            : [];

    internal static ProxyProtocol ReadSendProxy(HaproxyConfig config, MappingMarker marker)
    {
        var server = config.Backends.TryGet(MappingNames.Backend(marker.Name, marker.Port), out var backend) && backend.Servers is [var first, ..] ? first : null;
        return server is null ? ProxyProtocol.None
            : server.Arguments.Contains("send-proxy-v2") ? ProxyProtocol.V2
            : server.Arguments.Contains("send-proxy") ? ProxyProtocol.V1
            : ProxyProtocol.None;
    }

    internal void Write(Backend backend, Mapping mapping)
    {
        // What the operator's defaults may say of all servers is said again here, each word with the value that these servers need.
        var check = mapping.Settings.Check;
        var interval = HaproxyTime.Format(check?.Interval ?? options.CheckInterval);
        backend.Directives.Add(
            "default-server",
            check?.Kind == HealthCheckKind.None ? "no-check" : "check", "inter", interval, "fastinter", interval, "downinter", interval,
            "fall", Text(check?.Fall ?? options.CheckFall), "rise", Text(check?.Rise ?? options.CheckRise),
            "weight", "100", "slowstart", "0", "minconn", "0", "maxconn", "0", "maxqueue", "0",
            "enabled", "stick", "no-agent-check", "no-tfo", "no-backup", "no-ssl", "no-check-ssl",
            "no-send-proxy", "no-send-proxy-v2", TellsProxyInChecks(mapping) ? "check-send-proxy" : "no-check-send-proxy", "addr", "0.0.0.0", "port", "0");
        foreach (var node in mapping.Nodes)
        {
            var server = backend.Servers.Add(node.ServerName, new Address(node.Address, node.Port));
            if (mapping.SendProxy != ProxyProtocol.None)
            {
                server.Arguments.Add(mapping.SendProxy == ProxyProtocol.V2 ? "send-proxy-v2" : "send-proxy");
            }

            if (node.Weight != MappingNode.DefaultWeight)
            {
                server.Arguments.Add("weight");
                server.Arguments.Add(Text(node.Weight));
            }

            server.Comment = CommentOf(node);
        }
    }

    /// <summary>A node that waits for the PROXY protocol's header hears no request before it.</summary>
    private static bool TellsProxyInChecks(Mapping mapping) =>
        mapping is { SendProxy: not ProxyProtocol.None, Settings.Check.Kind: HealthCheckKind.Http };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static MappingNode? ReadNode(Server server)
    {
        if (server.Address is not { IPAddress: { } address, Port: { } port })
        {
            return null;
        }

        var words = server.Comment?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return new MappingNode
        {
            Node = server.Name == MappingNode.NamelessServer && !words.Contains(NodeComment + server.Name) ? null : server.Name,
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

    private static string? CommentOf(MappingNode node)
    {
        string[] words =
        [
            .. node.Node is null ? [] : new[] { NodeComment + node.Node },
            .. node.Instances.IsEmpty ? [] : new[] { InstancesComment + string.Join(',', node.Instances) },
        ];
        return words.Length == 0 ? null : string.Join(' ', words);
    }
}
