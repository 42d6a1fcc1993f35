using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Reloading;

/// <summary>A real HAProxy with a frontend <c>web</c>, as our own clients see it.</summary>
public sealed class ReloadingHaproxy : IAsyncDisposable
{
    private const string Defaults = """
        defaults
          mode tcp
          timeout connect 1s
          timeout client 60s
          timeout server 60s

        """;

    private ReloadingHaproxy(HaproxyInstance instance, StandInNode node, int port)
    {
        Instance = instance;
        Node = node;
        Port = port;
        Stats = new RuntimeClient(RuntimeEndpoint.Unix(instance.StatsSocket));
        Master = new MasterClient(RuntimeEndpoint.Unix(instance.MasterSocket));
        Watch = new WorkerWatch(Stats, Master);
    }

    public static TheoryData<string> Branches { get; } = [.. HaproxyPrograms.Branches];

    /// <summary>Every branch with every way to ask for a reload.</summary>
    public static TheoryData<string, string> Ways { get; } = new(
        from branch in HaproxyPrograms.Branches
        from way in new[] { "master socket", "signal", "signal alone", "systemd", "command" }
        select (branch, way));

    public HaproxyInstance Instance { get; }

    public StandInNode Node { get; }

    /// <summary>The port of the frontend <c>web</c>.</summary>
    public int Port { get; }

    public RuntimeClient Stats { get; }

    public MasterClient Master { get; }

    public WorkerWatch Watch { get; }

    public static async Task<ReloadingHaproxy> StartAsync(string branch, bool masterWorker = true)
    {
        var node = StandInNode.Start("node");
        var port = Ports.Take();
        var instance = await HaproxyInstance.StartAsync(new HaproxySetup
        {
            Files = [new("haproxy.cfg", Text(node, port, ""))],
            Program = HaproxyPrograms.Of(branch),
            MasterWorker = masterWorker,
        });
        return new ReloadingHaproxy(instance, node, port);
    }

    /// <summary>The watch, with the master's socket or without.</summary>
    public WorkerWatch WatchOf(bool withMaster) => withMaster ? Watch : new WorkerWatch(Stats);

    /// <summary>The strategy by its name in <see cref="Ways"/>.</summary>
    public IReloader Reloader(string way, ReloaderOptions? options = null) => way switch
    {
        "master socket" => new MasterSocketReloader(Watch, options),
        "signal" => new SignalReloader(Watch, Instance.PidFile, options),
        "systemd" => new SystemdReloader(Watch, StandInSystemctl.Unit, options, systemctl: StandInSystemctl.WriteTo(Instance)),
        "command" => new CommandReloader(Watch, "/bin/kill", ["-USR2", $"{Instance.MasterPid}"], options),
        _ => new SignalReloader(WatchOf(withMaster: false), Instance.MasterPid, options),
    };

    /// <summary>Puts another configuration in place as a writer should: it is never absent, and never half written.</summary>
    public void Write(string more)
    {
        var next = Instance.ConfigPath + ".next";
        File.WriteAllText(next, Instance.Expand(Text(Node, Port, more)));
        File.Move(next, Instance.ConfigPath, overwrite: true);
    }

    /// <summary>A second frontend, with the same node behind it.</summary>
    public static string Frontend(string name, int port) =>
        $"frontend {name}\n  bind 127.0.0.1:{port}\n  default_backend app\n";

    public async ValueTask DisposeAsync()
    {
        await Instance.DisposeAsync();
        await Node.DisposeAsync();
    }

    private static string Text(StandInNode node, int port, string more) =>
        HaproxyInstance.Global + Defaults + Frontend("web", port)
        + $"backend app\n  server s1 {node.Address}:{node.Port}\n" + more;
}
