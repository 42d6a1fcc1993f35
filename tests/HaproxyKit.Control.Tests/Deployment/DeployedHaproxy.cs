using System.Text;
using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Deployment;

/// <summary>A real HAProxy with an operator's file, and deployers that change it.</summary>
public sealed class DeployedHaproxy : IAsyncDisposable
{
    internal const string Defaults = "defaults\n  mode tcp\n  timeout connect 1s\n  timeout client 60s\n  timeout server 60s\n";

    private readonly StandInNode _node;
    private readonly List<Deployer> deployers = [];

    private DeployedHaproxy(HaproxyInstance instance, StandInNode node, int port)
    {
        Instance = instance;
        _node = node;
        Port = port;
        File = new ConfigFile(instance.ConfigPath);
    }

    /// <summary>Every branch, with the master's socket and with its pid file alone.</summary>
    public static TheoryData<string, bool> Ways { get; } = new(
        from branch in HaproxyPrograms.Branches
        from byMaster in new[] { true, false }
        select (branch, byMaster));

    public HaproxyInstance Instance { get; }

    /// <summary>The port of the frontend <c>web</c>, behind which the node says <c>node</c>.</summary>
    public int Port { get; }

    public int NodePort => _node.Port;

    public ConfigFile File { get; }

    public string Text => System.IO.File.ReadAllText(Instance.ConfigPath);

    /// <param name="more">What follows the defaults, the frontend <c>web</c> and the backend <c>app</c>.</param>
    public static async Task<DeployedHaproxy> StartAsync(string branch = "2.6", string more = "", HaproxySetup? setup = null)
    {
        var node = StandInNode.Start("node");
        var port = Ports.Take();
        var text = HaproxyInstance.Global + Defaults
            + $"frontend web\n  bind 127.0.0.1:{port}\n  default_backend app\nbackend app\n  server s1 {node.Address}:{node.Port}\n" + more;
        setup ??= new HaproxySetup { Files = [] };
        var instance = await HaproxyInstance.StartAsync(setup with
        {
            Files = [new("haproxy.cfg", text), .. setup.Files],
            Program = HaproxyPrograms.Of(branch),
        });
        return new DeployedHaproxy(instance, node, port);
    }

    /// <summary>What is true of the backends <c>app</c>, and <c>b0</c>, <c>b1</c> and so on: ours, so that HAProxy is asked afterwards.</summary>
    public static bool IsApp(string name) => name == "app" || (name.StartsWith('b') && name.Skip(1).All(char.IsAsciiDigit));

    /// <summary>A change that replaces a text by another, and back.</summary>
    public static DeploymentRequest Change(string from, string to, Func<string, bool>? isManaged = null) => new()
    {
        Edit = document => Replace(document, from, to),
        Undo = document => Replace(document, to, from),
        IsManaged = isManaged ?? (static _ => false),
    };

    /// <summary>A change that adds lines at the end, and takes them away.</summary>
    public static DeploymentRequest Add(string lines) => new()
    {
        Edit = document => document.ToString().Contains(lines, StringComparison.Ordinal) ? document : ConfigDocument.Parse(document + lines, document.Path),
        Undo = document => Replace(document, lines, ""),
    };

    /// <summary>A deployer, with parts that tests put around the real ones.</summary>
    public Deployer Deployer(
        bool byMaster = true,
        Func<IReloader, IReloader>? reloader = null,
        Func<IConfigChecker, IConfigChecker>? checker = null,
        HaproxyOptions? options = null,
        RuntimeClient? stats = null,
        string? path = null,
        DeployerOptions? patient = null)
    {
        stats ??= new RuntimeClient(RuntimeEndpoint.Unix(Instance.StatsSocket));
        var master = byMaster ? new MasterClient(RuntimeEndpoint.Unix(Instance.MasterSocket)) : null;
        var watch = new WorkerWatch(stats, master);
        var patience = new ReloaderOptions { Timeout = TimeSpan.FromSeconds(10) };
        IReloader real = byMaster ? new MasterSocketReloader(watch, patience) : new SignalReloader(watch, Instance.PidFile, patience);
        options ??= new HaproxyOptions { Executable = Instance.Program, ConfigFile = path ?? Instance.ConfigPath, PidFile = Instance.PidFile };
        IConfigChecker judge = new CurrentInvocationChecker(new InvocationSource(options, watch), TimeProvider.System);
        var deployer = new Deployer(
            path is null ? File : new ConfigFile(path),
            checker?.Invoke(judge) ?? judge,
            stats,
            watch,
            reloader?.Invoke(real) ?? real,
            new BindProbe(),
            patient ?? new DeployerOptions { ReloadInterval = TimeSpan.Zero });
        deployers.Add(deployer);
        return deployer;
    }

    /// <summary>The address of a server as the worker has it, independent of the code under test.</summary>
    public async Task<string?> AddressAsync(string backend, string server)
    {
        var rows = (await Instance.AskAsync($"show servers state {backend}"))?.Split('\n') ?? [];
        var row = rows.Select(line => line.Split(' ')).FirstOrDefault(words => words.Length > 18 && words[3] == server);
        return row is null ? null : $"{row[4]}:{row[18]}";
    }

    /// <summary>Waits until the master has loaded, and its newest worker is the one that answers.</summary>
    public Task SettleAsync() => Eventually.TrueAsync(
        async () =>
        {
            var workers = (await Instance.AskMasterAsync("show proc"))?.Split('\n')
                .SkipWhile(line => !line.StartsWith("# workers", StringComparison.Ordinal)).Skip(1)
                .TakeWhile(line => !line.StartsWith('#'))
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(words => words is [_, "worker", "0", ..])
                .Select(words => words[0]).ToList();
            return workers is [var pid] && pid == $"{await Instance.WorkerPidAsync()}";
        },
        "the newest worker serves");

    public byte[] Bytes() => System.IO.File.ReadAllBytes(Instance.ConfigPath);

    public async ValueTask DisposeAsync()
    {
        foreach (var deployer in deployers)
        {
            await deployer.DisposeAsync();
        }

        await Instance.DisposeAsync();
        await _node.DisposeAsync();
    }

    private static ConfigDocument Replace(ConfigDocument document, string from, string to) =>
        ConfigDocument.Parse(Encoding.UTF8.GetBytes(document.ToString().Replace(from, to, StringComparison.Ordinal)), document.Path);
}
