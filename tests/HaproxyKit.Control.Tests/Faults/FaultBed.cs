using System.Text;
using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Faults;

/// <summary>A real HAProxy with two nodes, and deployers whose parts can be made to fail.</summary>
public sealed class FaultBed : IAsyncDisposable
{
    private readonly List<Deployer> deployers = [];
    private readonly HashSet<string> files;

    private FaultBed(HaproxyInstance instance, StandInNode old, StandInNode next, int port)
    {
        Instance = instance;
        Old = old;
        Next = next;
        Port = port;
        ConfigPath = instance.ConfigPath;
        files = [.. Directory.GetFileSystemEntries(instance.Folder)];
    }

    /// <summary>Every branch with a change that the Runtime API covers and with one that needs a reload.</summary>
    public static TheoryData<string, string> Changes { get; } = new(
        from branch in HaproxyPrograms.Branches
        from change in new[] { "move", "open" }
        select (branch, change));

    public HaproxyInstance Instance { get; }

    /// <summary>The node behind <c>app/s1</c> at first.</summary>
    public StandInNode Old { get; }

    /// <summary>The node to which <see cref="Move"/> sends the traffic.</summary>
    public StandInNode Next { get; }

    /// <summary>The port of the frontend <c>web</c>.</summary>
    public int Port { get; }

    /// <summary>The file that deployers change: HAProxy's first, unless a test says another.</summary>
    public string ConfigPath { get; init; }

    public string Text => File.ReadAllText(ConfigPath);

    /// <param name="branch">The branch of HAProxy.</param>
    /// <param name="more">What follows the frontend <c>web</c> and the backend <c>app</c>.</param>
    /// <param name="setup">How HAProxy is started otherwise.</param>
    public static async Task<FaultBed> StartAsync(string branch, string more = "", HaproxySetup? setup = null, string? configPath = null)
    {
        var old = StandInNode.Start("old");
        var next = StandInNode.Start("new", "127.0.0.3", old.Port);
        var port = Ports.Take();
        setup ??= new HaproxySetup { Files = [] };
        var instance = await HaproxyInstance.StartAsync(setup with
        {
            Files = [new("haproxy.cfg", Head(port, old) + more), .. setup.Files],
            Program = HaproxyPrograms.Of(branch),
        });
        var bed = new FaultBed(instance, old, next, port);
        return configPath is null ? bed : new FaultBed(instance, old, next, port) { ConfigPath = configPath };
    }

    /// <summary>A deployer for the file and the HAProxy, as a program would have it.</summary>
    internal Deployer Deployer(FaultParts? parts = null)
    {
        parts ??= FaultParts.Real;
        var stats = parts.Stats ?? new RuntimeClient(RuntimeEndpoint.Unix(Instance.StatsSocket));
        var master = parts.ByMaster
            ? new MasterClient(parts.Master ?? RuntimeEndpoint.Unix(Instance.MasterSocket), new RuntimeClientOptions { Timeout = TimeSpan.FromSeconds(3) })
            : null;
        var watch = new WorkerWatch(stats, master);
        var patience = new ReloaderOptions { Timeout = parts.ReloadTimeout };
        IReloader reloader = master is null ? new SignalReloader(watch, Instance.PidFile, patience) : new MasterSocketReloader(watch, patience);
        var options = new HaproxyOptions { Executable = Instance.Program, ConfigFile = ConfigPath, PidFile = Instance.PidFile };
        IConfigChecker checker = new CurrentInvocationChecker(new InvocationSource(options, watch), TimeProvider.System);
        var deployer = new Deployer(
            new ConfigFile(ConfigPath),
            parts.Checker?.Invoke(checker) ?? checker,
            stats,
            watch,
            parts.Reloader?.Invoke(reloader) ?? reloader,
            new BindProbe(),
            parts.Options ?? new DeployerOptions { SettleTimeout = parts.ReloadTimeout, ReloadInterval = TimeSpan.Zero });
        deployers.Add(deployer);
        return deployer;
    }

    /// <summary>The change of that name in <see cref="Changes"/>.</summary>
    internal FaultChange Change(string name) => name == "move" ? Move() : Open(Ports.Take());

    /// <summary>Another address for <c>app/s1</c>: the Runtime API does.</summary>
    internal FaultChange Move() => Replacing($"server s1 127.0.0.2:{Old.Port}", $"server s1 127.0.0.3:{Old.Port}");

    /// <summary>Another frontend: needs a reload.</summary>
    internal static FaultChange Open(int port) => Adding($"frontend f{port}\n  bind 127.0.0.1:{port}\n  default_backend app\n");

    /// <summary>Another setting of the whole process: needs a reload, and shows in no proxy.</summary>
    internal static FaultChange Tune() => Replacing("maxconn 200", "maxconn 201");

    internal static FaultChange Adding(string lines) => new(
        new DeploymentRequest
        {
            Edit = document => document.ToString().Contains(lines, StringComparison.Ordinal) ? document : Parse(document + lines, document),
            Undo = document => Parse(document.ToString().Replace(lines, "", StringComparison.Ordinal), document),
            IsManaged = IsOurs,
        },
        text => text.Contains(lines, StringComparison.Ordinal));

    internal static FaultChange Replacing(string from, string to) => new(
        new DeploymentRequest
        {
            Edit = document => Parse(document.ToString().Replace(from, to, StringComparison.Ordinal), document),
            Undo = document => Parse(document.ToString().Replace(to, from, StringComparison.Ordinal), document),
            IsManaged = IsOurs,
        },
        text => text.Contains(to, StringComparison.Ordinal));

    /// <summary>What a program does when it is started again: clear away what was left, then bring file and HAProxy together.</summary>
    internal async Task<FaultAttempt> StartAgainAsync(FaultParts? parts = null)
    {
        var verification = await new ConfigFile(ConfigPath).VerifyAsync();
        Assert.True(verification.Fault is null, verification.Message);
        return await FaultAttempt.OfAsync(Deployer(parts), new DeploymentRequest { Edit = d => d, Undo = d => d, IsManaged = static _ => true });
    }

    /// <summary>Files that were not there when HAProxy had started.</summary>
    internal IEnumerable<string> StrayFiles() =>
        Directory.GetFileSystemEntries(Instance.Folder).Concat(Directory.GetFiles(Path.GetDirectoryName(ConfigPath)!, ".*")).Where(path => !files.Contains(path)).Distinct();

    /// <summary>From now on the files that are there belong there.</summary>
    internal void KeepFiles() => files.UnionWith(Directory.GetFileSystemEntries(Instance.Folder));

    public async ValueTask DisposeAsync()
    {
        foreach (var deployer in deployers)
        {
            deployer.Dispose();
        }

        await Instance.DisposeAsync();
        await Old.DisposeAsync();
        await Next.DisposeAsync();
    }

    /// <summary>All sections but one are ours, so that a command needs no check before it.</summary>
    private static bool IsOurs(string proxy) => proxy != "theirs";

    private static ConfigDocument Parse(string text, ConfigDocument like) => ConfigDocument.Parse(Encoding.UTF8.GetBytes(text), like.Path);

    private static string Head(int port, StandInNode node) => $$"""
        # begin
        global
          stats socket {stats} mode 600 level admin
          maxconn 200
          hard-stop-after 5s
        defaults
          mode tcp
          timeout connect 1s
          timeout client 60s
          timeout server 60s
        frontend web
          bind 127.0.0.1:{{port}}
          default_backend app
        backend app
          server s1 {{node.Address}}:{{node.Port}}
        backend spare
          server s2 127.0.0.2:{{node.Port}} weight 10
          server s3 127.0.0.2:{{node.Port}} disabled

        """;
}
