using System.Text.Json;
using HaproxyKit.PhoneHome.Mappings;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;

namespace HaproxyKit.Tool.Tests.Support;

/// <summary>A real HAProxy, and the program run on it.</summary>
internal sealed class ControlledHaproxy : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    private ControlledHaproxy(HaproxyInstance instance) => Instance = instance;

    internal HaproxyInstance Instance { get; }

    internal string Target => Instance.ConfigPath;

    internal string StateFolder => _folder.File("state");

    internal string Text => File.ReadAllText(Target);

    /// <summary>Where HAProxy is, as the program takes it.</summary>
    internal string[] Options =>
    [
        "--target", Target, "--stats-socket", Instance.StatsSocket, "--master-socket", Instance.MasterSocket,
        "--pid-file", Instance.PidFile, "--state-folder", StateFolder,
    ];

    internal static async Task<ControlledHaproxy> StartAsync(string branch = "2.6", string global = HaproxyInstance.Global)
    {
        var text = global
            + "defaults\n  mode tcp\n  timeout connect 1s\n  timeout client 9s\n  timeout server 9s\n"
            + $"frontend web\n  bind 127.0.0.1:{Ports.Take()}\n  default_backend app\n"
            + "backend app\n  # the node\n  server s1 127.0.0.2:80\n  server s2 127.0.0.3:80\n";
        return new ControlledHaproxy(await HaproxyInstance.StartAsync(text, HaproxyPrograms.Of(branch)));
    }

    /// <summary>A file with the present text changed.</summary>
    internal string Candidate(string from, string to)
    {
        Assert.Contains(from, Text, StringComparison.Ordinal);
        return _folder.Write("new.cfg", Text.Replace(from, to, StringComparison.Ordinal));
    }

    internal string Write(string name, string text) => _folder.Write(name, text);

    internal Task<ToolRun> RunAsync(params string[] arguments) => ToolRun.OfAsync([.. arguments, .. Options]);

    internal async Task<JsonElement> RunJsonAsync(int exitCode, params string[] arguments)
    {
        var run = (await RunAsync([.. arguments, "--format", "json"])).MustEndWith(exitCode);
        using var json = JsonDocument.Parse(run.Output);
        return json.RootElement.Clone();
    }

    /// <summary>Has the file hold a mapping without a node, and what else stands behind it, and HAProxy serve it as the webhook has it do: closed.</summary>
    internal async Task<Mapping> AddClosedMappingAsync(bool isNamedByPort, Func<Mapping, string> behind)
    {
        var mapping = new Mapping { Name = "web", FrontendPort = Ports.Take(), Owner = "o", Lease = TimeSpan.FromHours(1), IsNamedByPort = isNamedByPort };
        var sections = new MappingSections(new MappingSectionOptions { BindAddress = "127.0.0.1", SlotCount = 2 });
        await File.WriteAllTextAsync(Target, sections.Apply(ConfigDocument.Load(Target), [mapping]) + behind(mapping));
        await Instance.ReloadAsync();
        await Instance.AskAsync($"disable frontend {mapping.FrontendName}");
        return mapping;
    }

    /// <summary>The address of a server as the worker has it.</summary>
    internal async Task<string?> AddressAsync(string server)
    {
        var rows = (await Instance.AskAsync("show servers state app"))?.Split('\n') ?? [];
        return rows.Select(line => line.Split(' ')).Where(words => words.Length > 18 && words[3] == server).Select(words => $"{words[4]}:{words[18]}").FirstOrDefault();
    }

    public async ValueTask DisposeAsync()
    {
        await Instance.DisposeAsync();
        _folder.Dispose();
    }
}
