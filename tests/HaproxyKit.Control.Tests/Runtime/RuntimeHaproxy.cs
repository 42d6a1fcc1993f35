using System.Globalization;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Runtime;

/// <summary>A real HAProxy with a backend <c>app</c> of one checked server, before which a node stands.</summary>
public sealed class RuntimeHaproxy : IAsyncDisposable
{
    // The checks are slow on purpose: what happens at once is not their doing.
    private const string Configuration = """
        global
          stats socket {stats} mode 600 level admin
          stats socket {dir}/user.sock mode 600 level user
          stats socket ipv4@127.0.0.1:{api} level admin
          maxconn 200
        defaults
          mode tcp
          timeout connect 1s
          timeout client 60s
          timeout server 60s
        frontend web
          bind 127.0.0.1:{web}
          default_backend app
        backend app
          server s1 {node} check inter 2s fall 1 rise 2 weight 10
          server s2 192.0.2.7:81 disabled backup
        frontend other
          bind 127.0.0.1:{other}
          default_backend empty
        backend empty

        """;

    private RuntimeHaproxy(HaproxyInstance instance, StandInNode node, int port, int api)
    {
        Instance = instance;
        Node = node;
        Port = port;
        Client = new RuntimeClient(RuntimeEndpoint.Unix(instance.StatsSocket));
        UserClient = new RuntimeClient(RuntimeEndpoint.Unix(instance.Expand("{dir}/user.sock")));
        TcpClient = new RuntimeClient(RuntimeEndpoint.Tcp("127.0.0.1", api));
    }

    public static TheoryData<string> Branches { get; } = [.. HaproxyPrograms.Branches];

    public HaproxyInstance Instance { get; }

    /// <summary>The node at which the server <c>app/s1</c> points at first.</summary>
    public StandInNode Node { get; }

    /// <summary>The port of the frontend <c>web</c>.</summary>
    public int Port { get; }

    public RuntimeClient Client { get; }

    /// <summary>The same HAProxy at a socket whose level is <c>user</c>.</summary>
    public RuntimeClient UserClient { get; }

    /// <summary>The same HAProxy over TCP.</summary>
    public RuntimeClient TcpClient { get; }

    public static async Task<RuntimeHaproxy> StartAsync(string branch)
    {
        var program = HaproxyPrograms.Of(branch);
        var node = StandInNode.Start("a", "127.0.0.2");
        var (web, other, api) = (Ports.Take(), Ports.Take(), Ports.Take());
        var text = Configuration
            .Replace("{web}", web.ToString(CultureInfo.InvariantCulture))
            .Replace("{other}", other.ToString(CultureInfo.InvariantCulture))
            .Replace("{api}", api.ToString(CultureInfo.InvariantCulture))
            .Replace("{node}", $"{node.Address}:{node.Port}");
        return new RuntimeHaproxy(await HaproxyInstance.StartAsync(text, program), node, web, api);
    }

    public async Task<ServerState> ServerAsync(string name = "s1") =>
        (await Client.ShowServersStateAsync("app")).Single(s => s.Name == name);

    /// <summary>Switches the first node off and waits until HAProxy holds its server for DOWN.</summary>
    public async Task TakeNodeDownAsync()
    {
        await Node.StopAsync();
        await Eventually.EqualAsync(ServerOperationalState.Stopped, async () => (await ServerAsync()).Operational, "app/s1");
    }

    public async ValueTask DisposeAsync()
    {
        await Instance.DisposeAsync();
        await Node.DisposeAsync();
    }
}
